// The page of a shop that embeds the widget, as its own developers would write it.
const signedInKey = "tidewater:signed-in";
const say = (selector, text) => {
  document.querySelector(selector).textContent = text;
};

const desk = (...call) => {
  if (typeof window.Roomdesk !== "function") {
    window.Roomdesk = (...early) => void window.Roomdesk.q.push(early);
    window.Roomdesk.q = [];
  }
  return window.Roomdesk(...call);
};

function showAccount(isSignedIn) {
  say("[data-account-says]", isSignedIn ? "Welcome back, Nora Lindqvist." : "You are looking around as a guest.");
  document.querySelector("[data-sign-in]").hidden = isSignedIn;
  document.querySelector("[data-sign-out]").hidden = !isSignedIn;
}

async function signIn() {
  const answer = await fetch("/demo/identity", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  if (!answer.ok) throw new Error(`The shop's server answered ${answer.status}`);
  await desk("identify", (await answer.json()).identity);
  remember(true);
  showAccount(true);
}

async function signOut() {
  await desk("logout");
  remember(false);
  showAccount(false);
}

/** Runs a click's work once at a time; what goes wrong is said where the person looks. */
function onClick(selector, work) {
  const button = document.querySelector(selector);
  button.addEventListener("click", () => {
    button.disabled = true;
    work()
      .catch(() => say("[data-account-says]", "That did not work. Please try again in a moment."))
      .finally(() => {
        button.disabled = false;
      });
  });
}

function remember(isSignedIn) {
  try {
    if (isSignedIn) localStorage.setItem(signedInKey, "1");
    else localStorage.removeItem(signedInKey);
  } catch {
    // Storage is blocked: the page forgets on a reload, which is all it loses.
  }
}

function wasSignedIn() {
  try {
    return localStorage.getItem(signedInKey) === "1";
  } catch {
    return false;
  }
}

showAccount(wasSignedIn());
onClick("[data-sign-in]", signIn);
onClick("[data-sign-out]", signOut);

let inBag = 2;
for (const button of document.querySelectorAll("[data-add]"))
  button.addEventListener("click", () => {
    inBag += 1;
    say("[data-bag]", String(inBag));
    say("[data-bag-says]", `${button.dataset.add} is in your bag.`);
  });

for (const button of document.querySelectorAll("[data-ask]"))
  button.addEventListener("click", () => {
    void desk("open");
    void desk("prefill", button.dataset.ask);
  });
