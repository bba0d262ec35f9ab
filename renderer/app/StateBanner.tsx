import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { BannerWords } from "./BannerWords.js";
import { useText } from "./text.js";
import { useHasReceived, useStationAgeS } from "./stationLoss.js";
import { useFormat } from "./useFormat.js";
import type { WorkspaceId } from "./workspace.js";

/** One reserved strip: a lost station is shown first, then whatever prevents a flight. */
export function StateBanner({ shown }: { readonly shown: WorkspaceId }) {
  const t = useText();
  const station = useStation();
  const connection = useLatest(station.connection, (state) => state);
  const countOfVehicles = useLatest(station.vehicles, (vehicles) => vehicles.length);
  const format = useFormat();
  const ageS = useStationAgeS();
  const hasReceived = useHasReceived();
  const uris = useLatest(station.links, (links) => links.map(({ uri }) => uri).join(", "));
  if (connection === "no-key") {
    return (
      <div className="app-banner" data-tone="danger" role="alert" data-testid="station-no-key">
        <BannerWords what={`■ ${t("app.no-key")}`} advice={t("app.no-key.do")} />
      </div>
    );
  }
  if (connection === "lost") {
    return (
      <div className="app-banner" data-tone="danger" role="alert" data-testid="station-lost">
        <BannerWords
          what={`■ ${ageS === undefined ? t("app.lost") : t("app.lost.since", { age: format.ageText(ageS) })}`}
          advice={t("app.lost.do")}
        />
      </div>
    );
  }
  // Connected, but no telemetry batch yet: whether there is a link is not known.
  if (connection === "connecting" || !hasReceived) {
    return (
      <div className="app-banner" role="status" data-testid="station-connecting">
        <BannerWords what={t("app.connecting")} />
      </div>
    );
  }
  if (shown !== "fly" || countOfVehicles > 0) return null;
  return (
    <div className="app-banner" data-tone="caution" role="status" data-testid="no-vehicle">
      <BannerWords
        what={`▲ ${t("app.no-vehicle")}`}
        advice={uris === "" ? t("app.no-vehicle.no-link") : t("app.no-vehicle.do", { uris })}
      />
    </div>
  );
}
