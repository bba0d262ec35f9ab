import { useEffect, useMemo } from "react";
import type { ParamLoad } from "../../../src/vehicle/params.js";
import { type Action, useActionKeys } from "../../app/actions.js";
import { useText } from "../../app/text.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { type SetupStore, setupStore } from "../setupStore.js";
import type { VehicleFacts } from "../useVehicles.js";
import { favouritesStore, type FavouritesStore } from "./favourites.js";
import { LoadBar } from "./LoadBar.js";
import { ParamCompare } from "./ParamCompare.js";
import { ParamInspector } from "./ParamInspector.js";
import { ParamList, SEARCH_ID } from "./ParamList.js";
import { RestartBanner } from "./RestartBanner.js";

const NOT_LOADED: ParamLoad = { phase: "none" };
const NONE = new Map<string, never>();

const paramActions = ({ params }: SetupStore, favourites: FavouritesStore): readonly Action[] => [
  {
    id: "param-search",
    labelKey: "setup.params.search",
    shortcut: "/",
    isEnabled: () => true,
    perform: () => document.getElementById(SEARCH_ID)?.focus(),
  },
  {
    id: "param-favourite",
    labelKey: "setup.params.favourite",
    shortcut: "S",
    isEnabled: () => true,
    perform: () => {
      const name = params.selected.get();
      if (name !== undefined) favourites.toggle(name);
    },
  },
];

export function ParamsPage({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const station = useStation();
  const setup = useStore(setupStore);
  const favourites = useStore(favouritesStore);
  const load = useWhole(station.services.paramLoads).get(vehicle.id) ?? NOT_LOADED;
  const params = useWhole(station.services.params).get(vehicle.id) ?? NONE;
  const selected = useWhole(setup.params.selected);
  const compared = useWhole(setup.params.compared).get(vehicle.id);
  const awaiting = useMemo(() => [...params.values()].filter(({ awaitsReboot }) => awaitsReboot), [params]);
  useActionKeys(useMemo(() => paramActions(setup, favourites), [setup, favourites]));
  // Request the station's parameters at once, and again when a load ends.
  useEffect(() => {
    if (load.phase !== "loading") void setup.params.refresh(vehicle.id);
  }, [setup, vehicle.id, load.phase]);
  return (
    <div className="setup-params" data-testid="params">
      <LoadBar vehicle={vehicle} load={load} countOfParams={params.size} />
      <RestartBanner vehicle={vehicle} awaiting={awaiting} />
      {compared && params.size > 0 && (
        <ParamCompare key={compared.label} vehicle={vehicle} params={params} compared={compared} />
      )}
      {!compared && params.size > 0 && (
        <div className="setup-params__both">
          <ParamList params={params} />
          <ParamInspector vehicle={vehicle} param={selected === undefined ? undefined : params.get(selected)} />
        </div>
      )}
      {params.size === 0 && (
        <div className="setup-empty" data-testid="params-empty">
          <strong>
            {t(load.phase === "loading" ? "setup.params.coming" : "setup.params.empty", { name: vehicle.name })}
          </strong>
          <p>{t("setup.params.empty.do")}</p>
        </div>
      )}
    </div>
  );
}
