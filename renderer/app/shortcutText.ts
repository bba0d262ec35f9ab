import { hasText, type Translate } from "./text.js";

/** "Ctrl+Shift+Z" as the keys are called on a keyboard of the language: "Ctrl+Maj+Z". */
export const shortcutText = (t: Translate, shortcut: string): string =>
  shortcut
    .split("+")
    .map((part) => {
      const key = `key.${part}`;
      return hasText(key) ? t(key) : part;
    })
    .join("+");
