import { useMemo } from "react";
import { useActionKeys } from "../app/actions.js";
import { useStores } from "../bridge/StoresContext.js";
import { flightActions } from "./flightActions.js";

/** R (Return) and Space (Pause) in every workspace. */
export function FlightKeys() {
  const stores = useStores();
  useActionKeys(useMemo(() => flightActions(stores), [stores]));
  return null;
}
