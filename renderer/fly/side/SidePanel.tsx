import { useId } from "react";
import { useText } from "../../app/text.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Tabs } from "../../ui/Tabs.js";
import { CommandPanel } from "./CommandPanel.js";
import { FleetPanel } from "./FleetPanel.js";
import { useFly } from "../FlyContext.js";
import { PayloadPanel } from "./PayloadPanel.js";
import { ReadyPanel } from "./ReadyPanel.js";

/** The tabs below the picture: readiness, commands, payload, fleet. One at a time, always in this place. */
export function SidePanel() {
  const t = useText();
  const station = useStation();
  const { flyView } = useFly();
  const panelId = useId();
  const tab = useLatest(flyView.sideTab, (id) => id);
  const countOfWarnings = useLatest(station.services.warnings, (list) => list.length);
  const fleetLabel = countOfWarnings === 0 ? t("fly.side.fleet") : `${t("fly.side.fleet")} ▲${countOfWarnings}`;
  return (
    <section className="ui-panel fly-side" data-testid="side">
      <Tabs
        label={t("fly.side")}
        panelId={panelId}
        selected={tab}
        onSelect={(id) => flyView.sideTab.set(id)}
        tabs={[
          { id: "ready", label: t("fly.side.ready"), shortcut: "I" },
          { id: "commands", label: t("fly.side.commands"), shortcut: "K" },
          { id: "payload", label: t("fly.side.payload"), shortcut: "O" },
          { id: "fleet", label: fleetLabel, shortcut: "L" },
        ]}
      />
      <div className="fly-side__body" id={panelId} role="tabpanel">
        {tab === "ready" && <ReadyPanel />}
        {tab === "commands" && <CommandPanel />}
        {tab === "payload" && <PayloadPanel />}
        {tab === "fleet" && <FleetPanel />}
      </div>
    </section>
  );
}
