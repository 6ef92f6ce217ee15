import { knownCustomer, page, visitor, type Story } from "./story.ts";

/** Nobody has answered yet. */
export const storiesWaiting: readonly Story[] = [
  {
    customer: knownCustomer("jonas-weber", "Jonas Weber", "jonas.weber@mailbox.example", "de-DE", "desktop"),
    page: page("orders/TW-10511", "Your order TW-10511"),
    minutesAgo: 7,
    turns: [
      ["customer", 0, "says", "Guten Morgen! Meine Bestellung TW-10511 steht seit Montag auf „in Verpackung“."],
      ["customer", 1, "says", "Ich brauche die Schalen am Samstag als Geschenk. Schaffen Sie das noch?"],
    ],
    readBy: ["customer"],
  },
  {
    customer: visitor("en-GB", "phone"),
    page: page("tableware/tide-bowl", "Tide bowl"),
    minutesAgo: 3,
    turns: [["customer", 0, "says", "Hi, is the Tide bowl oven safe? I would like to bake in it, around 200 °C."]],
    readBy: ["customer"],
  },
  {
    customer: knownCustomer("layla-haddad", "ليلى حداد", "layla@haddad.example", "ar", "phone"),
    page: page("vases/reed-vase", "Reed vase"),
    minutesAgo: 16,
    turns: [
      ["customer", 0, "says", "مرحبًا، هل تشحنون إلى بيروت؟"],
      ["customer", 1, "says", "أريد مزهرية «Reed» باللون البني، وطلبًا ثانيًا بعنوان TW-10498 وصل وفيه كوب مكسور."],
    ],
    readBy: ["customer"],
  },
  {
    customer: visitor("ja-JP", "desktop"),
    page: page("seconds", "Seconds"),
    minutesAgo: 24,
    turns: [
      ["customer", 0, "says", "こんにちは。B級品（Seconds）のマグカップは、いつ入荷しますか。"],
      ["customer", 2, "says", "日本への送料も教えてください。"],
    ],
    readBy: ["customer"],
  },
];
