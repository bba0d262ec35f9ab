import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { DICTIONARIES, type Language, type TextKey } from "./dictionary.js";

export type Facts = Readonly<Record<string, string | number>>;
/** Words for a dictionary key; `{{name}}` in them is filled from the facts, already formatted by the caller. */
export type Translate = (key: TextKey, facts?: Facts) => string;

const i18n = i18next.createInstance();
void i18n.use(initReactI18next).init({
  fallbackLng: "en",
  resources: { en: { translation: DICTIONARIES.en }, fr: { translation: DICTIONARIES.fr } },
  // Keys are flat and may hold dots; React escapes what it prints.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
  react: { useSuspense: false },
});

void i18n.changeLanguage("en");

export function setLanguage(language: Language): void {
  void i18n.changeLanguage(language);
}

export const translate: Translate = (key, facts) => i18n.t(key, { ...facts });

/** Re-renders with the language. */
export function useText(): Translate {
  const { t } = useTranslation(undefined, { i18n });
  return useCallback<Translate>((key, facts) => t(key, { ...facts }), [t]);
}

/** Whether the dictionary knows the key: what comes from the station may be newer than this page. */
export const hasText = (key: string): key is TextKey => key in DICTIONARIES.en;
