// The same place, size and colours as the app's own (launcher/launcher.styles.ts), so that nothing jumps when it comes.
const corner = "position:fixed;inset-inline-end:max(20px,env(safe-area-inset-right));inset-block-end:";
const dark = "background:#14667a";

export function launcherStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ".room{display:block;position:fixed;inset:auto 0 0 auto;width:0;height:0;margin:0;padding:0;border:0;overflow:visible;background:none}" +
      `.launcher{${corner}max(20px,env(safe-area-inset-bottom));box-sizing:border-box;width:56px;height:56px;margin:0;padding:13px;` +
      "border:1px solid transparent;border-radius:22px 22px 7px;background:#0a5f73;color:#fff;cursor:pointer;" +
      "box-shadow:0 2px 4px rgb(16 37 45/.06),0 18px 48px -8px rgb(16 37 45/.26)}" +
      ":dir(rtl).launcher{border-radius:22px 22px 22px 7px}:dir(rtl) svg{scale:-1 1}" +
      ".launcher:hover{filter:brightness(.9)}" +
      ".launcher:focus-visible{outline:3px solid #0a5f73;outline-offset:3px;box-shadow:0 0 0 3px #fff}" +
      `.words{${corner}calc(max(20px,env(safe-area-inset-bottom)) + 68px);box-sizing:border-box;width:max-content;max-width:min(300px,100vw - 40px);` +
      "margin:0;padding:12px 14px;border:1px solid #dae2e2;border-radius:16px 16px 5px;background:#fff;color:#10252d;font:14px/20px system-ui,sans-serif;" +
      "box-shadow:0 18px 48px -8px rgb(16 37 45/.26)}" +
      ".words:empty{display:none}:host([hidden-launcher]) .room{display:none}" +
      `:host([theme=dark]) .launcher{${dark}}@media(prefers-color-scheme:dark){:host(:not([theme=light],[theme=contrast])) .launcher{${dark}}}` +
      "@media print{.room{display:none}}",
  );
  return sheet;
}
