import { useCallback, useRef, useState } from "react";
import type { StationFailure } from "../../src/contract/failures.js";
import type { UiRequest } from "../../src/contract/messages.js";
import { useStation } from "../bridge/StoresContext.js";
import type { Reply } from "../bridge/requests.js";

type AskState =
  | { readonly kind: "idle" }
  | { readonly kind: "pending" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly failure: StationFailure };

type Asking = {
  readonly state: AskState;
  readonly ask: (request: UiRequest) => Promise<Reply>;
  readonly forget: () => void;
};

/** One request at a time with its state: pending, done or failed. The newest request is the one shown. */
export function useAsk(): Asking {
  const station = useStation();
  const [state, setState] = useState<AskState>({ kind: "idle" });
  const newest = useRef(0);
  const ask = useCallback(
    async (request: UiRequest): Promise<Reply> => {
      const number = ++newest.current;
      setState({ kind: "pending" });
      const reply = await station.request(request);
      if (number === newest.current) setState(reply.ok ? { kind: "done" } : { kind: "failed", failure: reply.error });
      return reply;
    },
    [station],
  );
  const forget = useCallback(() => {
    newest.current++;
    setState({ kind: "idle" });
  }, []);
  return { state, ask, forget };
}
