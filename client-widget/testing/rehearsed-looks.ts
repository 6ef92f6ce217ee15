import { problemOf, unreachableProblem } from "#client-sdk/problem.ts";
import type { RoomdeskWidget } from "../widget.component.ts";
import { afternoon, headerWith, mine, minute, RehearsedChat, RehearsedCustomer, theirs, turn } from "./rehearsal.ts";

type Look = (widget: RoomdeskWidget, arabic: boolean) => Promise<void>;

async function stage(widget: RoomdeskWidget, customer: RehearsedCustomer, go?: string | null): Promise<void> {
  widget.arrive = async () => customer;
  document.body.append(widget);
  if (go === undefined) return;
  widget.open();
  await widget.updateComplete;
  if (go === "home") return;
  customer.conversations = customer.conversations.filter(({ id }) => id === go);
  customer.tell();
}

const said = (isArabic: boolean) =>
  isArabic
    ? {
        name: "ريم",
        a: "مرحبًا! وصل أحد الأكواب الأربعة مشروخًا.",
        b: "أهلًا نورة، شكرًا على الصورة. نأسف أنه وصل هكذا.",
        c: "يمكنني إرسال كوب جديد أو إعادة 17 يورو. ماذا تفضلين؟",
        d: "كوب جديد من فضلك، إن كان الطلاء نفسه.",
        e: "ورقم الطلب TW-10482",
        f: "وأرجو استخدام الباب الجانبي.",
      }
    : {
        name: "Priya",
        a: "Hello! One mug came cracked.",
        b: "Hi Nora, thank you for the photo. I am sorry it arrived like this.",
        c: "I can send a new mug or refund €17. Which do you prefer?",
        d: "A new one please, if the glaze matches.",
        e: "Here is the receipt as well.",
        f: "And please use the side door.",
      };

function talk(isArabic: boolean): RehearsedChat {
  const { name, a, b, c, d } = said(isArabic);
  return new RehearsedChat({
    header: headerWith(name),
    messages: [
      turn("opened"),
      mine(a, afternoon, { state: "read" }),
      turn("joined", afternoon + minute, name),
      theirs(b, afternoon + 2 * minute, name),
      theirs(c, afternoon + 3 * minute, name),
      mine(d, afternoon + 6 * minute, { state: "delivered" }),
    ],
  });
}

const opened = async (widget: RoomdeskWidget, chat: RehearsedChat, customer = new RehearsedCustomer()) => {
  chat.unread = 1; // straight into it
  customer.add(chat);
  await stage(widget, customer, chat.conversationId);
};

export const looks: Record<string, Look> = {
  async closed(widget, isArabic) {
    const chat = talk(isArabic);
    const { name } = said(isArabic);
    chat.unread = 2;
    chat.messages = [
      ...chat.messages,
      theirs(
        isArabic ? "الطلاء نفسه، دفعة أحدث. سيغادر صباح الغد." : "Same glaze, newer batch. It leaves tomorrow morning.",
        Date.now(),
        name,
      ),
    ];
    const customer = new RehearsedCustomer().add(chat);
    await stage(widget, customer);
    localStorage.setItem("roomdesk:looks", "{}");
    window.dispatchEvent(new StorageEvent("storage", { key: "roomdesk:looks", newValue: "{}" }));
  },
  async home(widget) {
    await stage(widget, new RehearsedCustomer(), "home");
  },
  async "home-known"(widget, isArabic) {
    const chat = talk(isArabic);
    const customer = new RehearsedCustomer().add(chat, { unread: 0, lastAt: afternoon + 8 * minute });
    const older = new RehearsedChat({
      conversationId: "c2",
      status: "closed",
      messages: [mine("Are the bowls back in stock? **Two** please", afternoon - 40 * 24 * 60 * minute)],
    });
    customer.add(older);
    await stage(widget, customer, "home");
  },
  async "home-unreachable"(widget) {
    await stage(
      widget,
      new RehearsedCustomer({ answer: { unreachable: true }, error: unreachableProblem, state: "failed" }),
      "home",
    );
  },
  async "home-wrong-key"(widget) {
    await stage(
      widget,
      new RehearsedCustomer({
        answer: { refused: "unknown_inbox" },
        error: problemOf("unknown_inbox"),
        inbox: null,
        state: "failed",
      }),
      "home",
    );
  },
  async "home-forgetful"(widget) {
    await stage(widget, new RehearsedCustomer({ notice: "storage_blocked" }), "home");
  },
  async first(widget) {
    const chat = new RehearsedChat({ conversationId: null });
    const customer = new RehearsedCustomer({ draft: "new" });
    customer.chats.set(undefined, chat);
    await stage(widget, customer, "new");
  },
  async conversation(widget, isArabic) {
    const chat = talk(isArabic);
    chat.typingUsers = [{ id: "p", name: said(isArabic).name, side: "staff", own: false }];
    await opened(widget, chat);
  },
  async states(widget, isArabic) {
    const chat = talk(isArabic);
    const { e, f } = said(isArabic);
    chat.messages = [
      ...chat.messages.slice(-3),
      mine("Tide, the blue one.", afternoon + 8 * minute, { edited: true }),
      mine("", afternoon + 9 * minute, { body: null, deletedBy: "" }),
      mine(e, afternoon + 10 * minute, { state: "failed", problem: "conversation_closed", mayRetry: true, id: "" }),
      mine(f, afternoon + 11 * minute, { state: "sending", id: "" }),
    ];
    await opened(widget, chat);
  },
  async offline(widget, isArabic) {
    const chat = talk(isArabic);
    const { e, f } = said(isArabic);
    chat.connection = "offline";
    chat.messages = [
      ...chat.messages.slice(-3),
      mine(e, afternoon + 8 * minute, { state: "failed", problem: "conversation_closed", mayRetry: true, id: "" }),
      mine(f, afternoon + 8 * minute, { state: "kept", id: "" }),
    ];
    await opened(widget, chat);
  },
  async reconnecting(widget, isArabic) {
    const chat = talk(isArabic);
    await opened(widget, chat);
    chat.change({ connection: "reconnecting" });
  },
  async back(widget, isArabic) {
    const chat = talk(isArabic);
    await opened(widget, chat);
    chat.change({ connection: "offline" });
    await widget.updateComplete;
    setTimeout(() => chat.change({ connection: "back" }), 100);
  },
  async unread(widget, isArabic) {
    const chat = talk(isArabic);
    const { name } = said(isArabic);
    const news = theirs(
      "The new mug leaves tomorrow morning. You can follow it at https://example.com/parcels/TW-10482",
      afternoon + 40 * minute,
      name,
    );
    chat.messages = [
      ...chat.messages,
      news,
      theirs(
        "And **thank you** for your patience:\n\n1. the old mug is yours\n2. nothing to send back",
        afternoon + 41 * minute,
        name,
      ),
    ];
    chat.firstUnreadKey = news.key;
    await opened(widget, chat);
  },
  async ended(widget, isArabic) {
    const chat = talk(isArabic);
    chat.status = "closed";
    chat.messages = [...chat.messages, turn("closed", afternoon + 14 * minute)];
    await opened(widget, chat);
  },
  async "signed-out"(widget, isArabic) {
    const chat = talk(isArabic);
    chat.error = problemOf("not_signed_in");
    chat.connection = "offline";
    chat.messages = [];
    await opened(widget, chat);
  },
  async "not-kept"(widget, isArabic) {
    const chat = talk(isArabic);
    chat.notice = "outbox_not_persistent";
    await opened(widget, chat);
  },
  async loading(widget) {
    await opened(widget, new RehearsedChat({ isLoading: true, header: null }));
  },
};
