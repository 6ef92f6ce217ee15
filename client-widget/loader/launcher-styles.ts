/** The launcher before the app is there: the same place, size and colour as the app's own, so that nothing jumps. */
export function launcherStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host([hidden-launcher]) .launcher{display:none}" +
      ".launcher{position:fixed;inset-block-end:max(20px,env(safe-area-inset-bottom));inset-inline-end:20px;box-sizing:border-box;" +
      "inline-size:56px;block-size:56px;padding:14px;border:0;border-radius:22px 22px 7px 22px;background:#0a5f73;cursor:pointer;" +
      "box-shadow:0 2px 4px rgb(16 37 45/.06),0 18px 48px -8px rgb(16 37 45/.26)}" +
      ".launcher:dir(rtl){border-radius:22px 22px 22px 7px}" +
      ".launcher:hover{background:#084d5e}" +
      ".launcher:focus-visible{outline:2px solid #0a5f73;outline-offset:2px}" +
      ".launcher svg{display:block}" +
      "@media print{.launcher{display:none}}",
  );
  return sheet;
}
