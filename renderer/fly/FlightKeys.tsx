import { useMemo } from "react";
import { useActionKeys } from "../app/actions.js";
import { translate } from "../app/text.js";
import { useStation } from "../bridge/StationContext.js";
import { flightActions } from "./flightActions.js";
import { flyViewStoreOf } from "./flyViewStore.js";

/** R (Return) and Space (Pause) in every workspace. */
export function FlightKeys() {
  const station = useStation();
  useActionKeys(useMemo(() => flightActions(flyViewStoreOf(station), station, translate), [station]));
  return null;
}
