import i18next from "i18next";
import { createContext, useContext } from "react";
import { DICTIONARIES, type Language, type TextKey } from "./dictionary.js";

export type Facts = Readonly<Record<string, string | number>>;
/** Words for a dictionary key; `{{name}}` in them is filled from the facts, already formatted by the caller. */
export type Translate = (key: TextKey, facts?: Facts) => string;

/** Holds both dictionaries and never changes its language: which one is wanted is an argument. */
const i18n = i18next.createInstance();
void i18n.init({
  // eslint-disable-next-line id-denylist -- i18next calls it so
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: DICTIONARIES.en }, fr: { translation: DICTIONARIES.fr } },
  // Keys are flat and may hold dots; React escapes what it prints.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

// The language last: among the facts there may be one of that name, which must not decide.
const translateTo =
  (language: Language): Translate =>
  (key, facts) =>
    // eslint-disable-next-line id-denylist -- i18next calls it so
    i18n.t(key, { ...facts, lng: language });
const TRANSLATORS: Readonly<Record<Language, Translate>> = { en: translateTo("en"), fr: translateTo("fr") };

/** The same function for the same language, so that it can stand among the dependencies of a hook. */
export const translatorFor = (language: Language): Translate => TRANSLATORS[language];

/** The language of the screens below: `LanguageProvider` sets it. */
export const LanguageContext = createContext<Language>("en");

/** Re-renders with the language. */
export const useText = (): Translate => translatorFor(useContext(LanguageContext));

/** Whether the dictionary knows the key: what comes from the station may be newer than this page. */
export const hasText = (key: string): key is TextKey => Object.hasOwn(DICTIONARIES.en, key);
