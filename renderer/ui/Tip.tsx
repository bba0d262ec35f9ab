import { useCallback, useEffect, useState } from "react";

/** Long enough to read a short sentence. */
const SHOWN_MS = 2500;

/**
 * A tip shown when a press did nothing: "hold for 1 s", or the reason. Gloves and touch screens cannot hover, so a
 * `title` alone is never seen. It floats beside its button and moves nothing.
 */
export function useTip(): { readonly tip: string | undefined; readonly showTip: (words: string) => void } {
  const [tip, setTip] = useState<{ readonly words: string } | undefined>(undefined);
  useEffect(() => {
    if (tip === undefined) return undefined;
    const timer = setTimeout(() => setTip(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [tip]);
  const showTip = useCallback((words: string) => setTip({ words }), []);
  return { tip: tip?.words, showTip };
}

export function Tip({ words }: { readonly words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <span className="ui-tip" role="status" data-testid="tip">
      {words}
    </span>
  );
}
