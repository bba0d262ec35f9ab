import { useMemo } from "react";
import { useWhole } from "../bridge/latest.js";
import { type Format, makeFormat } from "./format.js";
import { settings } from "./settings.js";

/** Numbers in the language and units now chosen; re-renders when they change. */
export function useFormat(): Format {
  const { language, units } = useWhole(settings);
  return useMemo(() => makeFormat(language, units), [language, units]);
}
