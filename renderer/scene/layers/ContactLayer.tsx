import { useFrame, useThree } from "@react-three/fiber";
import { useMemo, useState } from "react";
import { PerspectiveCamera } from "three";
import type { Contact } from "../../../src/track/contact.js";
import { type Latest, useLatest } from "../../bridge/latest.js";
import { SeenView } from "../camera/seenView.js";
import { ContactEllipses } from "../crowd/ContactEllipses.js";
import { ContactLabels } from "../crowd/ContactLabels.js";
import { ContactMarks, SelectedMark } from "../crowd/ContactMarks.js";
import { ContactCrowd, type MarkShape } from "../crowd/contactCrowd.js";
import { Pulses } from "../crowd/pulses.js";
import { useGroundPointer, useRedrawOn, useScene } from "../SceneContext.js";
import type { GroundPointerEvent } from "../sceneTypes.js";
import { CONTACT_CLASSES } from "./contactShapes.js";

type ContactLayerProps = {
  readonly contacts: Latest<readonly Contact[]>;
  readonly selectedId: Latest<string | undefined>;
  readonly onSelect: (contactId: string) => void;
  /** Words beside the mark, in the page's language: "C-14 boat 7.8 m ±3 m". */
  readonly describe: (contact: Contact) => string;
  /** True when the contact was not seen for long; it is then drawn grey. */
  readonly isOld: (contact: Contact) => boolean;
};

const PICK_PX = 22;
/** The mark of a selected contact is this much further off than it is: so near, another beside it is meant. */
const COVERS_PX = 6;
const CAPACITY_STEP = 64;
const SHAPES: readonly MarkShape[] = [...CONTACT_CLASSES, "mixed"];

/**
 * Contacts as marks coded by shape, with their 95 % error ellipses on the ground and labels: one draw call per shape. Those
 * that stand together on the screen have one mark, with their number, until the camera comes near.
 */
export function ContactLayer({ contacts, selectedId, onSelect, describe, isOld }: ContactLayerProps) {
  const { frame, surface } = useScene();
  useRedrawOn(contacts);
  useRedrawOn(selectedId);
  const capacity = useLatest(contacts, (list) => Math.max(1, Math.ceil(list.length / CAPACITY_STEP)) * CAPACITY_STEP);
  const crowd = useMemo(() => new ContactCrowd({ frame, surface }, isOld), [frame, surface, isOld]);
  const [pulses] = useState(() => new Pulses());
  useContactPointer({ crowd, contacts, selectedId, onSelect });
  return (
    <>
      <Grouping {...{ crowd, pulses, contacts, selectedId }} />
      <ContactEllipses key={capacity} crowd={crowd} capacity={capacity} />
      {SHAPES.map((shape) => (
        <ContactMarks key={`${shape} ${capacity}`} {...{ crowd, pulses, shape, capacity }} />
      ))}
      <SelectedMark crowd={crowd} pulses={pulses} />
      <ContactLabels {...{ crowd, contacts, selectedId, describe }} />
    </>
  );
}

type GroupingProps = Pick<ContactLayerProps, "contacts" | "selectedId"> & {
  readonly crowd: ContactCrowd;
  readonly pulses: Pulses;
};

/** Works out each frame what stands together, before the marks are drawn: its place among them is the first. */
function Grouping({ crowd, pulses, contacts, selectedId }: GroupingProps) {
  const { rig } = useScene();
  const seen = useMemo(() => new SeenView(), []);
  useFrame(({ camera, size, clock, invalidate }) => {
    if (!(camera instanceof PerspectiveCamera)) return;
    crowd.take(contacts.get(), selectedId.get());
    const hasMoved = seen.refresh(camera, rig.view, size);
    crowd.see(seen);
    const isPulsing = pulses.update(crowd, clock.elapsedTime);
    // The camera is aimed after the layers of this frame: one more, until it stands still.
    if (hasMoved || isPulsing) invalidate();
  });
  return null;
}

type PointerProps = Pick<ContactLayerProps, "contacts" | "selectedId" | "onSelect"> & { readonly crowd: ContactCrowd };

/** A click on a contact selects it; on a crowd it brings the camera near, or selects one after the other. */
function useContactPointer({ crowd, contacts, selectedId, onSelect }: PointerProps): void {
  const { visit } = useScene();
  const heightPx = useThree(({ size }) => size.height);
  const handlers = useMemo(() => {
    const markUnder = (event: GroundPointerEvent): number | undefined => {
      crowd.take(contacts.get(), selectedId.get());
      return nearestMark(crowd, event);
    };
    const open = (mark: number): void => {
      const rangeM = crowd.openingRangeM(mark, heightPx);
      if (rangeM !== undefined) {
        visit({ ...crowd.middleOf(mark), rangeM });
        return;
      }
      const id = crowd.list[crowd.nextOf(mark)]?.id;
      if (id !== undefined) onSelect(id);
    };
    return {
      onClick: (event: GroundPointerEvent): boolean => {
        const mark = markUnder(event);
        if (mark === undefined) return false;
        const id = crowd.list[mark]?.id;
        if ((crowd.clusters.sizeOf[mark] ?? 0) > 1) open(mark);
        else if (id !== undefined) onSelect(id);
        return true;
      },
      onMove: (event: GroundPointerEvent): void => {
        if (markUnder(event) !== undefined) event.setCursor("pointer");
      },
    };
  }, [crowd, contacts, selectedId, onSelect, visit, heightPx]);
  useGroundPointer(handlers);
}

/** The nearest mark within a finger's reach. The selected one gives way: what it covers could not be had otherwise. */
function nearestMark(crowd: ContactCrowd, event: GroundPointerEvent): number | undefined {
  let bestPx = PICK_PX;
  let best: number | undefined;
  crowd.list.forEach(({ position }, i) => {
    if (!crowd.isDrawn(i)) return;
    const at = event.toScreen(position, crowd.xyz[i * 3 + 2] ?? 0);
    if (!at) return;
    const offPx = Math.hypot(at.xPx - event.xPx, at.yPx - event.yPx) + (crowd.isSelected(i) ? COVERS_PX : 0);
    if (offPx >= bestPx) return;
    bestPx = offPx;
    best = i;
  });
  return best;
}
