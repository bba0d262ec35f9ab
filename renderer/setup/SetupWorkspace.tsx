import "./setup.css";
import { useId, useMemo } from "react";
import { type Action, useActionKeys } from "../app/actions.js";
import { ErrorBoundary } from "../app/ErrorBoundary.js";
import { useText } from "../app/text.js";
import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { Tabs } from "../ui/Tabs.js";
import { ChecklistPage } from "./checklist/ChecklistPage.js";
import { GroundPage } from "./ground/GroundPage.js";
import { LinksPage } from "./links/LinksPage.js";
import { LogsPage } from "./logs/LogsPage.js";
import { ParamsPage } from "./params/ParamsPage.js";
import { SETUP_PAGES, type SetupStore, type SetupPage, setupStore } from "./setupStore.js";
import { SigningPage } from "./signing/SigningPage.js";
import { NoVehicle, VehicleChooser } from "./VehicleChooser.js";
import { type VehicleFacts, useShownVehicle } from "./useVehicles.js";

const setupActions = (setup: SetupStore): readonly Action[] =>
  SETUP_PAGES.map(({ id, shortcut }) => ({
    id: `setup-${id}`,
    labelKey: `setup.page.${id}`,
    shortcut,
    isEnabled: () => true,
    perform: () => setup.page.set(id),
  }));

type VehiclePage = Exclude<SetupPage, "links" | "ground" | "signing">;
const VEHICLE_PAGES: Readonly<Record<VehiclePage, (vehicle: VehicleFacts) => React.ReactNode>> = {
  params: (vehicle) => <ParamsPage key={vehicle.id} vehicle={vehicle} />,
  logs: (vehicle) => <LogsPage key={vehicle.id} vehicle={vehicle} />,
  checklist: (vehicle) => <ChecklistPage key={vehicle.id} vehicle={vehicle} />,
};

function OfVehicle({ page }: { readonly page: VehiclePage }) {
  const vehicle = useShownVehicle();
  if (!vehicle) return <NoVehicle />;
  return (
    <>
      <VehicleChooser />
      {VEHICLE_PAGES[page](vehicle)}
    </>
  );
}

function Page({ page }: { readonly page: SetupPage }) {
  if (page === "links") return <LinksPage />;
  if (page === "ground") return <GroundPage />;
  if (page === "signing") return <SigningPage />;
  return <OfVehicle page={page} />;
}

/** The Setup workspace: links, what is known of the ground, signing, parameters, logs and the checklist. */
export function SetupWorkspace() {
  const t = useText();
  const setup = useStore(setupStore);
  const page = useWhole(setup.page);
  const panelId = useId();
  useActionKeys(useMemo(() => setupActions(setup), [setup]));
  return (
    <div className="setup" data-testid="setup-workspace">
      <nav className="setup-rail" aria-label={t("setup.pages")}>
        <Tabs
          label={t("setup.pages")}
          isVertical
          panelId={panelId}
          selected={page}
          onSelect={(id) => setup.page.set(id)}
          tabs={SETUP_PAGES.map(({ id, shortcut }) => ({
            id,
            shortcut,
            label: t(`setup.page.${id}`),
            hint: t(`setup.page.${id}.hint`),
          }))}
        />
      </nav>
      <div className="setup-page" role="tabpanel" id={panelId} aria-label={t(`setup.page.${page}`)} data-page={page}>
        <ErrorBoundary key={page}>
          <Page page={page} />
        </ErrorBoundary>
      </div>
    </div>
  );
}
