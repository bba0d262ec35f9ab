import { type ReactNode, useEffect } from "react";
import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { settingsStore } from "./settings.js";
import { LanguageContext } from "./text.js";

/** Gives everything below the language of the settings. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const { language } = useWhole(useStore(settingsStore).values);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
