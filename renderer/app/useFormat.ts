import { useMemo } from "react";
import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { type Format, makeFormat } from "./format.js";
import { settingsStore } from "./settings.js";

/** Numbers in the language and units now chosen; re-renders when they change. */
export function useFormat(): Format {
  const { language, units } = useWhole(useStore(settingsStore).values);
  return useMemo(() => makeFormat(language, units), [language, units]);
}
