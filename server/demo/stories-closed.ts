import { knownCustomer, page, visitor, type Story } from "./story.ts";

const DAY = 24 * 60;

/** Over. */
export const storiesClosed: readonly Story[] = [
  {
    customer: knownCustomer("nora-lindqvist", "Nora Lindqvist", "nora@lindqvist.example", "en-GB", "desktop"),
    page: page("tableware/ripple-mug", "Ripple mug, set of four"),
    minutesAgo: 19 * DAY,
    turns: [
      ["customer", 0, "says", "Can I put the Ripple mugs in the dishwasher?"],
      [
        "priya",
        4,
        "says",
        "Yes. They are fired at 1,240 °C and take the dishwasher. Only the gold rim wants washing by hand.",
      ],
      ["customer", 2, "says", "Perfect, ordering four then. Thank you!"],
      ["priya", 1, "says", "Thank you, Nora. Enjoy them!"],
      ["priya", 3, "closes"],
    ],
    readBy: ["priya", "customer"],
  },
  {
    customer: knownCustomer("daan-visser", "Daan Visser", "daan@visser.example", "nl-NL", "desktop"),
    page: page("returns", "Returns"),
    minutesAgo: 2 * DAY,
    turns: [
      ["customer", 0, "says", "Hoi, ik wil twee borden terugsturen. Ze zijn mooi, maar te groot voor onze kast."],
      ["sofie", 6, "says", "Hoi Daan, dat kan binnen 30 dagen. Ik stuur je het label per mail."],
      ["customer", 1, "says", "Top, dank je wel!"],
      ["sofie", 14, "notes", "Label sent, refund €56 once they are here."],
      ["sofie", 1, "closes"],
    ],
    readBy: ["sofie", "customer"],
  },
  {
    customer: visitor("en-GB", "phone"),
    page: page("seconds", "Seconds"),
    minutesAgo: 3 * DAY,
    turns: [
      ["customer", 0, "says", "What is actually wrong with the seconds?"],
      [
        "ben",
        9,
        "says",
        "Small things: a run in the glaze, a thumbprint, a rim that is not quite round. They hold tea just as well.",
      ],
      ["customer", 1, "says", "Sold :)"],
      ["ben", 2, "closes"],
    ],
    readBy: ["ben", "customer"],
  },
  {
    customer: knownCustomer("agnieszka-nowak", "Agnieszka Nowak", "agnieszka@nowak.example", "pl-PL", "phone"),
    page: page("orders/TW-10390", "Your order TW-10390"),
    minutesAgo: 5 * DAY,
    turns: [
      ["customer", 0, "says", "Dzień dobry, paczka TW-10390 jeszcze nie dotarła, a śledzenie stoi od piątku."],
      ["priya", 7, "says", "Dzień dobry! Sprawdzam to u przewoźnika, proszę o chwilę."],
      ["priya", 18, "says", "Paczka utknęła w sortowni w Poznaniu. Dziś rusza dalej, jutro powinna być u Pani."],
      ["customer", 3, "says", "Dziękuję za szybką odpowiedź!"],
      ["priya", 1, "closes"],
      ["customer", DAY, "reopens"],
      ["customer", 1, "says", "Dotarła, wszystko całe. Dziękuję jeszcze raz 💙"],
      ["priya", 40, "says", "Bardzo się cieszę! Miłego dnia."],
      ["priya", 0, "closes"],
    ],
    readBy: ["priya", "customer", "mara"],
  },
  {
    customer: visitor("tr-TR", "desktop"),
    page: page("delivery", "Delivery"),
    minutesAgo: 8 * DAY,
    turns: [
      ["customer", 0, "says", "Merhaba, İstanbul’a gönderim ne kadar sürüyor?"],
      [
        "sofie",
        11,
        "says",
        "Hello! I answer in English if that is all right: 6 to 9 days, €18 up to 5 kg, customs included.",
      ],
      ["customer", 4, "says", "Yes of course, thank you. One question: is `TIDE10` still valid?"],
      ["sofie", 2, "says", "Until Sunday, yes. It does not count for seconds: see https://tidewater.example/seconds"],
      ["sofie", 25, "closes"],
    ],
    readBy: ["sofie", "customer"],
  },
];
