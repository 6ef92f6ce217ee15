import { css } from "lit";

/** The words inside a bubble: what markdown may become, and nothing of it leaves the bubble. */
export const textStyles = css`
  p,
  pre,
  ul,
  ol,
  blockquote {
    margin: 0;
  }
  * + :is(p, pre, ul, ol, blockquote) {
    margin-block-start: 6px;
  }
  ul,
  ol {
    padding-inline-start: 22px;
    white-space: normal;
  }
  p,
  li,
  code {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid color-mix(in srgb, currentColor 30%, transparent);
  }
  code {
    padding: 1px 4px;
    border-radius: 4px;
    background: color-mix(in srgb, currentColor 9%, transparent);
    font: 0.92em/1.4 var(--rd-font-mono);
  }
  pre code {
    display: block;
    padding: 6px 8px;
  }
  a {
    color: var(--link);
    text-underline-offset: 2px;
  }
  .note .mention {
    padding: 0 3px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--rd-lamp) 34%, var(--rd-lamp-soft));
  }
`;
