import { useEffect } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { armedVehicles } from "../fly/flightActions.js";
import { vehicleName } from "../panels/vehicleIdentity.js";

/**
 * Closing or reloading the page while anything is armed asks first. The browser asks in its own words; the desktop shell
 * reads `data-armed` and asks by name (`electron/closeGuard.ts`).
 */
export function CloseGuard() {
  const station = useStation();
  const names = useLatest(station.vehicles, () => armedVehicles(station).map(vehicleName).join(", "));
  useEffect(() => {
    if (names === "") {
      delete document.documentElement.dataset["armed"];
      return undefined;
    }
    document.documentElement.dataset["armed"] = names;
    // In Electron the shell asks when the window is closed; its page may also be reloaded after a crash, and then
    // nothing must ask.
    if ("vigie" in window) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [names]);
  return null;
}
