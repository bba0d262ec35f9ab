import "../panels/panels.css";
import "./fly.css";
import { useEffect, useMemo } from "react";
import { useActionKeys } from "../app/actions.js";
import { useText } from "../app/text.js";
import { useLatest } from "../bridge/latest.js";
import { useStation, useStore, useStores } from "../bridge/StoresContext.js";
import { ContactList } from "../panels/ContactList.js";
import { MessageList } from "../panels/MessageList.js";
import { VideoPanel } from "../panels/VideoPanel.js";
import { ActionBar } from "./ActionBar.js";
import { flyActions } from "./actions.js";
import { FlyAlerts } from "./alerts/FlyAlerts.js";
import { flightActions } from "./flightActions.js";
import { FlyContext, useFly } from "./FlyContext.js";
import { flyViewStore } from "./flyViewStore.js";
import { FlyScene } from "./FlyScene.js";
import { Instruments } from "./Instruments.js";
import { PlacePanel } from "./place/PlacePanel.js";
import { Readiness } from "./side/Readiness.js";
import { SidePanel } from "./side/SidePanel.js";
import { VehicleStrip } from "./VehicleStrip.js";
import { ViewButtons } from "./ViewButtons.js";

/** The Fly workspace: the 3D coast fills the page, panels float at its edges (SCREENS.md, Fly). */
export function FlyWorkspace() {
  const stores = useStores();
  const flyView = useStore(flyViewStore);
  const actions = useMemo(() => flyActions(flyView), [flyView]);
  // Pause and Return have their keys in every workspace (`FlightKeys`): here they are only drawn.
  const tools = useMemo(
    () => ({ flyView, actions: [...flightActions(stores), ...actions] }),
    [flyView, stores, actions],
  );
  useActionKeys(actions);
  const isSwapped = useLatest(flyView.isSwapped, (value) => value);
  const isLeftOpen = useLatest(flyView.isLeftOpen, (value) => value);
  const isRightOpen = useLatest(flyView.isRightOpen, (value) => value);
  return (
    <FlyContext value={tools}>
      <div className="fly" data-swapped={isSwapped} data-left={isLeftOpen} data-right={isRightOpen} data-testid="fly">
        <CoastSlot isSwapped={isSwapped} isLeftOpen={isLeftOpen} isRightOpen={isRightOpen} />
        <VehicleStrip />
        <div className="fly-left" hidden={!isLeftOpen}>
          <ContactSlot />
        </div>
        <div className="fly-right" hidden={!isRightOpen && !isSwapped}>
          <VideoSlot />
          {!isSwapped && <SidePanel />}
        </div>
        {isSwapped && (
          <div className="fly-under">
            <SidePanel />
          </div>
        )}
        <div className="fly-low">
          {!isSwapped && !isRightOpen && <Readiness isFloating />}
          <GoHereHint />
          <PlacePanel />
          <FlyAlerts />
          <ViewButtons />
        </div>
        <footer className="fly-bar">
          <ActionBar />
          <MessageList vehicle={flyView.vehicle} />
          <Instruments />
        </footer>
      </div>
    </FlyContext>
  );
}

type CoastSlotProps = { readonly isSwapped: boolean; readonly isLeftOpen: boolean; readonly isRightOpen: boolean };

const LEFT_PX = 284;
const RIGHT_PX = 372;
const STRIP_PX = 60;
const LOW_PX = 104;

/**
 * The scene fills the page, or takes the place of the video after a swap. It stays mounted; only its position changes.
 */
function CoastSlot({ isSwapped, isLeftOpen, isRightOpen }: CoastSlotProps) {
  const insetPx = useMemo(
    () =>
      isSwapped
        ? { left: 0, right: 0, top: 0, bottom: 0 }
        : { left: isLeftOpen ? LEFT_PX : 0, right: isRightOpen ? RIGHT_PX : 0, top: STRIP_PX, bottom: LOW_PX },
    [isSwapped, isLeftOpen, isRightOpen],
  );
  return (
    <div className="fly-coast" data-testid="coast">
      <FlyScene insetPx={insetPx} />
    </div>
  );
}

function ContactSlot() {
  const station = useStation();
  const { flyView } = useFly();
  return (
    <ContactList
      contacts={station.contacts}
      pictures={station.contactPictures}
      places={station.places}
      selectedId={flyView.selectedContact}
      viewedContactIds={station.viewedContactIds}
      onSelect={flyView.selectContact}
      nowUnixUs={station.clock.stationUnixUsNow}
    />
  );
}

function VideoSlot() {
  const station = useStation();
  const { flyView } = useFly();
  const palette = useLatest(flyView.palette, (name) => name);
  const shownId = useLatest(station.cameras.shownId, (id) => id);
  const camera = useLatest(station.cameras.ids, (ids) =>
    ids.length > 1 ? `${ids.indexOf(shownId) + 1}/${ids.length}` : undefined,
  );
  return (
    <VideoPanel
      frame={station.frame}
      status={station.videoStatus}
      palette={palette}
      onPalette={flyView.nextPalette}
      selectedId={flyView.selectedContact}
      onSelect={flyView.selectContact}
      onSwap={() => flyView.isSwapped.set(!flyView.isSwapped.get())}
      camera={camera}
      onNextCamera={station.cameras.showNext}
    />
  );
}

/** Drawn as SVG because the bundled fonts have no such character. */
const PlaceMark = () => (
  <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
    <circle cx="8" cy="8" r="4.5" strokeWidth="1.5" />
    <path d="M8 0v5M8 11v5M0 8h5M11 8h5" strokeWidth="1.5" />
  </svg>
);

/** While a place is being picked: what a click will do, and that Escape cancels. */
function GoHereHint() {
  const t = useText();
  const { flyView } = useFly();
  const use = useLatest(flyView.mapClickMode, (value) => value);
  useEffect(() => {
    if (use === undefined) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === "Escape") flyView.mapClickMode.set(undefined);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [use, flyView]);
  return use === undefined ? null : (
    <p className="fly-hint" role="status">
      <PlaceMark /> {t(`fly.place.${use}`)}
    </p>
  );
}
