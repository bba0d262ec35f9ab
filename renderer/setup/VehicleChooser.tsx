import type { KeyboardEvent } from "react";
import { useText } from "../app/text.js";
import { useStore } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { setupStore } from "./setupStore.js";
import { useShownVehicle, useVehicles } from "./useVehicles.js";

/** Chooses the aircraft that the page shows; never changes the target of commands. */
export function VehicleChooser() {
  const t = useText();
  const setup = useStore(setupStore);
  const vehicles = useVehicles();
  const shown = useShownVehicle();
  if (!shown) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = vehicles.findIndex(({ id }) => id === shown.id);
    const next = step === 0 ? undefined : vehicles[(at + step + vehicles.length) % vehicles.length];
    if (!next) return;
    event.preventDefault();
    setup.chosen.set(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-vehicle="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div className="setup-vehicles" role="radiogroup" aria-label={t("setup.aircraft")} onKeyDown={onKeyDown}>
      {vehicles.map((vehicle) => (
        <button
          key={vehicle.id}
          type="button"
          role="radio"
          aria-checked={vehicle.id === shown.id}
          tabIndex={vehicle.id === shown.id ? 0 : -1}
          className="setup-vehicle"
          style={{ borderLeftColor: vehicle.colour }}
          title={t("setup.aircraft.choose", { name: vehicle.name })}
          data-vehicle={vehicle.id}
          data-testid={`setup-vehicle-${vehicle.name}`}
          onClick={() => setup.chosen.set(vehicle.id)}
        >
          <b>{vehicle.name}</b>
          <small data-tone={vehicle.isLost ? "danger" : vehicle.isArmed ? "caution" : undefined}>
            {t(
              vehicle.isLost
                ? "setup.aircraft.lost"
                : vehicle.isArmed
                  ? "setup.aircraft.armed"
                  : "setup.aircraft.disarmed",
            )}
            {vehicle.isTarget && ` · ${t("setup.aircraft.target")}`}
          </small>
        </button>
      ))}
    </div>
  );
}

/** In place of a page that needs an aircraft. */
export function NoVehicle() {
  const t = useText();
  const setup = useStore(setupStore);
  return (
    <div className="setup-empty" data-testid="setup-no-vehicle">
      <strong>{t("setup.aircraft.none")}</strong>
      <p>{t("setup.aircraft.none.do")}</p>
      <Button label={t("setup.aircraft.open-links")} tone="select" onPress={() => setup.page.set("links")} />
    </div>
  );
}
