import { useEffect, useMemo } from "react";
import { type Action, useActionKeys } from "../../app/actions.js";
import { useLatest } from "../../bridge/latest.js";
import { ActionButton } from "../../ui/ActionButton.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { CameraMode, SceneFind } from "../sceneTypes.js";
import { FindField } from "./FindField.js";
import type { Finder } from "./finder.js";
import { findMatches } from "./findMatches.js";

type FindPlaceProps = SceneFind & {
  readonly finder: Finder;
  readonly frame: SceneFrame;
  readonly mode: CameraMode;
  readonly onModeChange: ((mode: CameraMode) => void) | undefined;
};

/** Find a place, a contact or a position and look at it, by button or "/"; "B" takes the camera back. */
export function FindPlace({ finder, frame, places, contacts, mode, onModeChange }: FindPlaceProps) {
  const isOpen = useLatest(finder.isOpen, (open) => open);
  const isAway = useLatest(finder.isAway, (away) => away);
  useEffect(() => {
    if (mode === "follow") finder.forget();
  }, [finder, mode]);
  const [open, back] = useMemo(
    (): readonly [Action, Action] => [
      {
        id: "find-place",
        labelKey: "scene.find",
        shortcut: "/",
        isEnabled: () => true,
        perform: () => finder.isOpen.set(!finder.isOpen.get()),
      },
      {
        id: "find-back",
        labelKey: "scene.find.back",
        shortcut: "B",
        isEnabled: () => finder.isAway.get() || { because: "scene.find.nowhere" },
        perform: () => finder.back({ frame, onModeChange }),
      },
    ],
    [finder, frame, onModeChange],
  );
  useActionKeys(useMemo(() => [open, back], [open, back]));
  return (
    <>
      {isOpen && (
        <FindField
          find={(typed) =>
            findMatches(typed, {
              places: places.get()?.places ?? [],
              contacts: contacts?.get() ?? [],
              origin: frame.origin,
            })
          }
          onChoose={(match, label) => {
            finder.isOpen.set(false);
            finder.goTo(match, label, { frame, onModeChange });
          }}
          onClose={() => finder.isOpen.set(false)}
        />
      )}
      {isAway && <ActionButton action={back} />}
      <ActionButton action={open} isPressed={isOpen} />
    </>
  );
}
