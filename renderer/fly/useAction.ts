import { useCallback } from "react";
import { useStation } from "../bridge/StoresContext.js";
import { commandReportOf } from "../bridge/stationStore.js";
import { useLatest } from "../bridge/latest.js";
import { useText } from "../app/text.js";
import { useTick } from "../app/useTick.js";
import type { FlyAction } from "./actions.js";
import { useFly } from "./FlyContext.js";

const REFRESH_PER_S = 5;
const ENABLED = "";

type ActionNow = {
  readonly action: FlyAction;
  /** Why it is not possible now; undefined when it is. */
  readonly disabledBecause: string | undefined;
  readonly isBusy: boolean;
};

/** An action of the table with its current state. */
export function useAction(id: string): ActionNow {
  const t = useText();
  const { actions } = useFly();
  const station = useStation();
  const action = actions.find((item) => item.id === id);
  if (!action) throw new Error(`Invariant: no action ${id}`);
  const because = useTick(
    useCallback(() => {
      const enabled = action.isEnabled();
      return enabled === true ? ENABLED : enabled.because;
    }, [action]),
    REFRESH_PER_S,
  );
  const { command } = action;
  const isBusy = useLatest(
    station.commandReports,
    (reports) =>
      command !== undefined && commandReportOf(reports, station.target.get(), command)?.status.phase === "pending",
  );
  return { action, disabledBecause: because === ENABLED || isBusy ? undefined : t(because), isBusy };
}
