import type { ObjectClass } from "../../../src/detect/detection.js";
import type { Contact } from "../../../src/track/contact.js";
import { Latest } from "../../bridge/latest.js";
import { MIN_RANGE_M } from "../camera/cameraRig.js";
import type { ChoiceView } from "../labels/placeChoice.js";
import type { Surface } from "../geometry/surface.js";
import type { SceneFrame } from "../sceneFrame.js";
import { Clusters, LEAVE_PX, NOT_SEEN } from "./clusters.js";
import { COUNTED, type CrowdCounts } from "./crowdWords.js";

export type MarkShape = ObjectClass | "mixed";

/** Marks stand a little over the ground. */
export const LIFT_M = 0.6;
/** A mark this far off the screen still reaches into it. */
const MARGIN_PX = 40;

type CrowdGround = { readonly frame: SceneFrame; readonly surface: Surface };

/** The contacts as they stand on the screen: those that stand together have one mark, that of one of them. */
export class ContactCrowd {
  /** Another number whenever other contacts stand together, or other contacts are there. */
  readonly regrouped = new Latest(0);
  list: readonly Contact[] = [];
  /** East, north and up of each contact's mark. */
  xyz = new Float64Array(0);
  /** 1 for contacts that were not seen for long. */
  isOld = new Uint8Array(0);
  readonly clusters = new Clusters();
  readonly #ground: CrowdGround;
  readonly #isContactOld: (contact: Contact) => boolean;
  /** For each drawn mark as many numbers as there are counts. */
  #tally = new Int32Array(0);
  #selectedId: string | undefined;
  #ids = new Map<string, number>();
  #marks = marksFor(0);
  /** Metres from the eye, by which a camera that comes nearer is reckoned. */
  #rangeM = new Float64Array(0);

  constructor(ground: CrowdGround, isOld: (contact: Contact) => boolean) {
    this.#ground = ground;
    this.#isContactOld = isOld;
  }

  /** What there is now; does nothing where that is as before. */
  take(list: readonly Contact[], selectedId: string | undefined): void {
    if (list === this.list && selectedId === this.#selectedId) return;
    if (list !== this.list) this.#takeList(list);
    this.#selectedId = selectedId;
    list.forEach(({ id }, i) => (this.#marks.isAlone[i] = id === selectedId ? 1 : 0));
    this.#count();
    this.regrouped.set(this.regrouped.get() + 1);
  }

  /** Groups by what stands together in this view. True when other contacts do than before. */
  see(view: ChoiceView): boolean {
    const isRanked = this.#refreshAges();
    for (let i = 0; i < this.list.length; i++) this.#project(i, view);
    const isRegrouped = this.clusters.update(this.#marks);
    if (isRegrouped || isRanked) {
      this.#count();
      this.regrouped.set(this.regrouped.get() + 1);
    }
    return isRegrouped;
  }

  isDrawn(index: number): boolean {
    return this.clusters.leaderOf[index] === index;
  }

  selectedIndex(): number | undefined {
    return this.#selectedId === undefined ? undefined : this.#ids.get(this.#selectedId);
  }

  isSelected(index: number): boolean {
    return this.#marks.isAlone[index] === 1;
  }

  /** What the mark of this contact stands for. */
  countsOf(leader: number): CrowdCounts {
    const from = leader * COUNTED.length;
    return this.#tally.subarray(from, from + COUNTED.length);
  }

  /** The shape that a mark has: of the one class, or the ring of several. */
  shapeOf(leader: number): MarkShape {
    const own = this.list[leader]?.class ?? "unknown";
    const ofIts = this.#tally[leader * COUNTED.length + COUNTED.indexOf(own)] ?? 0;
    return ofIts < (this.clusters.sizeOf[leader] ?? 0) ? "mixed" : own;
  }

  /** The contacts that a mark stands for, the most important first. */
  membersOf(leader: number): readonly number[] {
    const { leaderOf } = this.clusters;
    return [...this.#marks.order].filter((i) => leaderOf[i] === leader);
  }

  /**
   * A crowd at the selected contact's place, which no camera takes apart: its label lists its contacts. Clicks select them
   * in turn.
   */
  isListed(leader: number): boolean {
    const selected = this.selectedIndex();
    if (selected === undefined || (this.clusters.sizeOf[leader] ?? 0) < 2) return false;
    return this.#isOneFromNear(selected, leader) && this.openingRangeM(leader, 1) === undefined;
  }

  /** The contact that a click on a crowd selects: the one after the selected one, where that stands there, else the first. */
  nextOf(leader: number): number {
    const members = this.membersOf(leader);
    const selected = this.selectedIndex();
    const rankOf = (index: number): number => this.#marks.order.indexOf(index);
    const isHere = selected !== undefined && this.#isOneFromNear(selected, leader);
    return (isHere ? members.find((i) => rankOf(i) > rankOf(selected)) : undefined) ?? members[0] ?? leader;
  }

  #apartPx(a: number, b: number): number {
    const { xPx, yPx } = this.#marks;
    return Math.hypot((xPx[a] ?? 0) - (xPx[b] ?? 0), (yPx[a] ?? 0) - (yPx[b] ?? 0));
  }

  /** They stay together on the screen however near the camera comes. */
  #isOneFromNear(index: number, leader: number): boolean {
    return (this.#apartPx(index, leader) * (this.#rangeM[leader] ?? 0)) / MIN_RANGE_M <= LEAVE_PX;
  }

  /**
   * From how far the marks of a crowd come apart: its outermost is then a third of the picture's height from the one that
   * stands for it. Undefined where they stay together however near the camera comes.
   */
  openingRangeM(leader: number, heightPx: number): number | undefined {
    const members = this.membersOf(leader);
    if (members.every((i) => this.#isOneFromNear(i, leader))) return undefined;
    const spreadPx = Math.max(...members.map((i) => this.#apartPx(i, leader)));
    const wantedPx = Math.max(LEAVE_PX * 1.5, heightPx / 3);
    return Math.max(MIN_RANGE_M, (spreadPx * (this.#rangeM[leader] ?? 0)) / wantedPx);
  }

  /** Of all that a mark stands for. */
  middleOf(leader: number): { readonly eastM: number; readonly northM: number } {
    const members = this.membersOf(leader);
    const mean = (axis: 0 | 1): number =>
      members.reduce((sum, i) => sum + (this.xyz[i * 3 + axis] ?? 0), 0) / Math.max(1, members.length);
    return { eastM: mean(0), northM: mean(1) };
  }

  #takeList(list: readonly Contact[]): void {
    const before = this.#ids;
    this.list = list;
    this.#ids = new Map(list.map(({ id }, i) => [id, i]));
    this.clusters.reset(list.length, (i) => before.get(list[i]?.id ?? "") ?? -1);
    this.#marks = marksFor(list.length);
    this.#rangeM = new Float64Array(list.length);
    this.#tally = new Int32Array(list.length * COUNTED.length);
    this.isOld = Uint8Array.from(list, (contact) => (this.#isContactOld(contact) ? 1 : 0));
    this.#rank();
    this.xyz = new Float64Array(list.length * 3);
    const { frame, surface } = this.#ground;
    list.forEach(({ position }, i) => {
      const { eastM, northM } = frame.pointOf(position);
      this.xyz.set([eastM, northM, surface.heightM(eastM, northM) + LIFT_M], i * 3);
    });
  }

  #count(): void {
    this.#tally.fill(0);
    for (let i = 0; i < this.list.length; i++) {
      const leader = this.clusters.leaderOf[i] ?? NOT_SEEN;
      if (leader === NOT_SEEN) continue;
      const at = leader * COUNTED.length;
      const ofItsClass = at + COUNTED.indexOf(this.list[i]?.class ?? "unknown");
      const ofOld = at + COUNTED.indexOf("old");
      this.#tally[ofItsClass] = (this.#tally[ofItsClass] ?? 0) + 1;
      this.#tally[ofOld] = (this.#tally[ofOld] ?? 0) + (this.isOld[i] ?? 0);
    }
  }

  /** An old contact never stands for a live one; otherwise the one that was found first stands for the others. */
  #rank(): void {
    this.#marks.order.sort((a, b) => this.#age(a) - this.#age(b) || foundFirst(this.list[a], this.list[b]));
  }

  #age(i: number): number {
    return this.isOld[i] ?? 0;
  }

  /** True when a contact has become old since, or live again. */
  #refreshAges(): boolean {
    let isOther = false;
    for (let i = 0; i < this.list.length; i++) {
      const contact = this.list[i];
      const old = contact && this.#isContactOld(contact) ? 1 : 0;
      isOther ||= this.isOld[i] !== old;
      this.isOld[i] = old;
    }
    if (isOther) this.#rank();
    return isOther;
  }

  #project(i: number, { clip, eye, widthPx, heightPx }: ChoiceView): void {
    const x = this.xyz[i * 3] ?? 0;
    const y = this.xyz[i * 3 + 1] ?? 0;
    const z = this.xyz[i * 3 + 2] ?? 0;
    const w = row(clip, 3, x, y) + (clip[11] ?? 0) * z;
    const marks = this.#marks;
    const xPx = (((row(clip, 0, x, y) + (clip[8] ?? 0) * z) / w) * 0.5 + 0.5) * widthPx;
    const yPx = (0.5 - ((row(clip, 1, x, y) + (clip[9] ?? 0) * z) / w) * 0.5) * heightPx;
    marks.xPx[i] = xPx;
    marks.yPx[i] = yPx;
    const isAcross = xPx > -MARGIN_PX && xPx < widthPx + MARGIN_PX;
    marks.isSeen[i] = w > 0 && isAcross && yPx > -MARGIN_PX && yPx < heightPx + MARGIN_PX ? 1 : 0;
    this.#rangeM[i] = Math.hypot(x - eye.x, y - eye.y, z - eye.z);
  }
}

function foundFirst(a: Contact | undefined, b: Contact | undefined): number {
  if (!a || !b) return 0;
  return a.firstSeenUnixUs - b.firstSeenUnixUs || (a.id < b.id ? -1 : 1);
}

/** One row of the matrix times a place at sea level. */
const row = (clip: ArrayLike<number>, index: number, x: number, y: number): number =>
  (clip[index] ?? 0) * x + (clip[index + 4] ?? 0) * y + (clip[index + 12] ?? 0);

const marksFor = (count: number) => ({
  count,
  order: Int32Array.from({ length: count }, (_, i) => i),
  xPx: new Float64Array(count),
  yPx: new Float64Array(count),
  isAlone: new Uint8Array(count),
  isSeen: new Uint8Array(count).fill(1),
});
