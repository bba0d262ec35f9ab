import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStation, useStore, useStores } from "../bridge/StoresContext.js";
import { AlarmKeeper } from "../fly/alerts/AlarmKeeper.js";
import { FlightKeys } from "../fly/FlightKeys.js";
import { FlightStrip } from "../fly/FlightStrip.js";
import { LineSlot } from "../fly/LineSlot.js";
import { planEditorStore } from "../plan/planEditor.js";
import { reviewStore } from "../review/reviewStore.js";
import { keyStore, routeKeys, useActionKeys } from "./actions.js";
import { Attribution } from "./Attribution.js";
import { CloseGuard } from "./CloseGuard.js";
import { ErrorBoundary } from "./ErrorBoundary.js";
import { frameActions } from "./frameActions.js";
import { frameKindOf, isSimulatedRecording } from "./frameKind.js";
import { HelpSheet } from "./HelpSheet.js";
import { NoticeBanner } from "./NoticeBanner.js";
import { NoticeLine } from "./NoticeLine.js";
import { settingsStore } from "./settings.js";
import { StateBanner } from "./StateBanner.js";
import { useReadAhead } from "./readLater.js";
import { isLostState } from "./stationLoss.js";
import { useText } from "./text.js";
import { TopLine } from "./TopLine.js";
import { useScreenScale } from "./useScreenScale.js";
import { useTick } from "./useTick.js";
import { shownWorkspace } from "./workspace.js";
import { LATER_WORKSPACES, WORKSPACES } from "./workspaces.js";

function useThemeInForce(): void {
  const { theme } = useWhole(useStore(settingsStore).values);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
}

export function App() {
  const t = useText();
  const station = useStation();
  const stores = useStores();
  const workspace = useStore(shownWorkspace);
  const shown = useWhole(workspace);
  const { titleKey, Screen } = WORKSPACES.find(({ id }) => id === shown) ?? WORKSPACES[0];
  const { player } = useStore(reviewStore);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const isLost = useLatest(station.connection, isLostState);
  const actions = useMemo(() => frameActions(stores, () => setIsHelpOpen((open) => !open)), [stores]);
  const closeHelp = useCallback(() => setIsHelpOpen(false), []);
  useThemeInForce();
  useScreenScale();
  useReadAhead(LATER_WORKSPACES);
  useActionKeys(actions);
  useEffect(() => routeKeys(window, stores.get(keyStore)), [stores]);
  // The plan editor loads the training plan when it is made; make it now, so that Fly shows that plan before anybody
  // opens Plan.
  useEffect(() => void stores.get(planEditorStore), [stores]);
  const readFrame = useMemo(
    () => () =>
      frameKindOf({
        workspace: workspace.get(),
        hasReplay: player.get() !== undefined,
        hello: station.hello.get(),
        vehicles: station.vehicles.get(),
        target: station.target.get(),
      }),
    [station, workspace, player],
  );
  const ticked = useTick(readFrame);
  const isReplaySimulated = useLatest(player, (open) => isSimulatedRecording(open?.document));
  // `useTick` samples the vehicles a few times a second; opening or closing a replay must show at once.
  useLatest(player, (open) => open !== undefined);
  const frame = shown === "review" || ticked === "replay" ? readFrame() : ticked;
  return (
    <div
      className="app"
      data-frame={frame}
      data-workspace={shown}
      data-simulated={frame === "replay" && isReplaySimulated}
      data-station={isLost ? "lost" : "heard"}
      data-testid="app"
    >
      <TopLine frame={frame} isReplaySimulated={isReplaySimulated} />
      <AlarmKeeper />
      <FlightKeys />
      <CloseGuard />
      <div className="app-line">
        <StateBanner shown={shown} />
        <NoticeBanner />
        <LineSlot />
      </div>
      <div>{shown !== "fly" && <FlightStrip />}</div>
      <main className="app-main" aria-label={t(titleKey)}>
        <h1 className="ui-visually-hidden">{t(titleKey)}</h1>
        <ErrorBoundary key={shown}>
          <Suspense fallback={<p role="status">{t("app.reading")}</p>}>
            <Screen />
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className="app-foot">
        <Attribution />
        <NoticeLine />
      </footer>
      {isHelpOpen && <HelpSheet onClose={closeHelp} />}
    </div>
  );
}
