import { knownCustomer, page, visitor, type Story } from "./story.ts";

/** Somebody is in it. */
export const storiesOpen: readonly Story[] = [
  {
    customer: knownCustomer("nora-lindqvist", "Nora Lindqvist", "nora@lindqvist.example", "en-GB", "desktop"),
    page: page("orders/TW-10482", "Your order TW-10482"),
    minutesAgo: 52,
    turns: [
      ["customer", 0, "says", "Hello! One of my four Ripple mugs came cracked. The order is TW-10482."],
      ["priya", 3, "joins"],
      ["priya", 1, "says", "Hi Nora, I am sorry it arrived like this."],
      ["priya", 0, "says", "I can send a new mug or refund €17. Which do you prefer?"],
      ["customer", 4, "says", "A new one please, if the glaze matches."],
      ["priya", 1, "notes", "Batch 31, ash-blue. Ben: is there one left from that firing?"],
      ["ben", 6, "notes", "Two left, top shelf by the kiln. Put one aside for her."],
      ["priya", 2, "says", "Same glaze, newer batch. It leaves tomorrow morning."],
    ],
    readBy: ["priya", "ben"],
  },
  {
    customer: knownCustomer("claire-moreau", "Claire Moreau", "claire.moreau@courriel.example", "fr-FR", "tablet"),
    page: page("tableware", "Tableware"),
    minutesAgo: 95,
    turns: [
      [
        "customer",
        0,
        "says",
        "Bonjour, je cherche un service pour huit personnes, dans les bleus. Vous faites des prix ?",
      ],
      ["sofie", 5, "says", "Bonjour Claire ! À partir de huit couverts, oui : 10 % sur l’ensemble."],
      [
        "sofie",
        1,
        "says",
        "Je vous propose :\n\n- 8 assiettes *Shore*\n- 8 bols *Tide*\n- 8 mugs *Ripple*\n\nsoit **718 €** au lieu de 798 €, livraison comprise.",
      ],
      ["customer", 22, "says", "C’est très tentant. Est-ce que les assiettes existent aussi en 22 cm ?"],
    ],
    readBy: ["customer"],
  },
  {
    customer: knownCustomer("mateo-garcia", "Mateo García", "mateo@garcia.example", "es-ES", "phone"),
    page: page("orders/TW-10467", "Your order TW-10467"),
    minutesAgo: 180,
    turns: [
      ["customer", 0, "says", "Hola, el transportista dice que la dirección está incompleta. Pedido TW-10467."],
      ["ben", 8, "says", "Hola Mateo, gracias por avisar. ¿Cuál es el número del piso?"],
      ["customer", 3, "says", "Calle del Olmo 14, 3.º B, 28012 Madrid 🙏"],
      ["ben", 2, "says", "Perfecto, ya está corregido. Lo entregan mañana entre las 10 y las 14 h."],
      ["ben", 1, "notes", "Carrier ticket 88213. Check tomorrow at noon whether it really moved."],
    ],
    readBy: ["ben", "customer"],
  },
  {
    customer: visitor("en-US", "desktop"),
    page: page("studio", "The studio"),
    minutesAgo: 240,
    turns: [
      ["customer", 0, "says", "Do you take commissions? We are opening a small café and need about 60 cups."],
      ["priya", 12, "says", "We do! 60 cups would be two firings, so five to six weeks."],
      ["priya", 0, "says", "Could you tell me the size, and whether you want your own mark on the foot?"],
      ["customer", 31, "says", "180 ml, straight sides. Our mark would be lovely. What would one cup cost, roughly?"],
    ],
    readBy: ["priya", "mara"],
  },
];
