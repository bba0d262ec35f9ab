import { useEffect } from "react";
import type { Contact } from "../../../src/track/contact.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import type { Latest } from "../../bridge/latest.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useScene } from "../SceneContext.js";
import type { ContactCrowd } from "./contactCrowd.js";
import { CROWD_PX, MARK_PX } from "./crowdMarks.js";
import { crowdList, crowdWords } from "./crowdWords.js";

type ContactLabelsProps = {
  readonly crowd: ContactCrowd;
  readonly contacts: Latest<readonly Contact[]>;
  readonly selectedId: Latest<string | undefined>;
  readonly describe: (contact: Contact) => string;
};

type Known = {
  readonly label: SceneLabel;
  readonly remove: () => void;
  /** What its own words were made of. */
  described: Contact | undefined;
  words: string;
};

/** One label for each mark: a contact's own words, or what a crowd is made of, with its number on the mark. */
export function ContactLabels({ crowd, contacts, selectedId, describe }: ContactLabelsProps) {
  const { labels } = useScene();
  const t = useText();
  const format = useFormat();
  useEffect(() => {
    const known = new Map<string, Known>();
    const entryOf = (contact: Contact): Known => {
      const found = known.get(contact.id);
      if (found) return found;
      const label = new SceneLabel(`contact ${contact.id}`);
      const entry = { label, remove: labels.add(label), described: undefined, words: "" };
      known.set(contact.id, entry);
      return entry;
    };
    const ownWords = (entry: Known, contact: Contact): string => {
      if (entry.described !== contact) entry.words = describe(contact);
      entry.described = contact;
      return entry.words;
    };
    const crowdText = (i: number): string => {
      const words = crowdWords(t, format, crowd.countsOf(i));
      if (!crowd.isListed(i)) return words;
      return format.labelled(words, crowdList(crowd.membersOf(i).map((member) => crowd.list[member]?.id ?? "")));
    };
    const refreshOne = (contact: Contact, i: number): void => {
      const entry = entryOf(contact);
      const { label } = entry;
      label.isShown = crowd.isDrawn(i);
      if (!label.isShown) return;
      const count = crowd.clusters.sizeOf[i] ?? 1;
      place(label, crowd.xyz, i);
      label.text = count > 1 ? crowdText(i) : ownWords(entry, contact);
      label.badge = count > 1 ? format.numberText(count) : "";
      label.halfPx = count > 1 ? CROWD_PX + 1 : MARK_PX;
      style(label, crowd, i);
    };
    const refresh = (): void => {
      crowd.take(contacts.get(), selectedId.get());
      crowd.list.forEach(refreshOne);
      if (known.size === crowd.list.length) return;
      const ids = new Set(crowd.list.map(({ id }) => id));
      for (const [id, { remove }] of known) {
        if (ids.has(id)) continue;
        remove();
        known.delete(id);
      }
    };
    refresh();
    const stops = [contacts.onChange(refresh), selectedId.onChange(refresh), crowd.regrouped.onChange(refresh)];
    return () => {
      for (const stop of stops) stop();
      for (const { remove } of known.values()) remove();
    };
  }, [contacts, selectedId, crowd, describe, labels, t, format]);
  return null;
}

function place(label: SceneLabel, xyz: Float64Array, i: number): void {
  label.eastM = xyz[i * 3] ?? 0;
  label.northM = xyz[i * 3 + 1] ?? 0;
  label.upM = xyz[i * 3 + 2] ?? 0;
}

function style(label: SceneLabel, crowd: ContactCrowd, i: number): void {
  const shape = crowd.shapeOf(i);
  const isOld = crowd.isOld[i] === 1;
  if (crowd.isSelected(i)) {
    label.tone = "selected";
    label.priority = LABEL_RANK.selected;
    return;
  }
  label.tone = isOld || shape === "mixed" ? "unknown" : shape;
  if ((crowd.clusters.sizeOf[i] ?? 0) > 1) label.priority = isOld ? LABEL_RANK.oldCrowd : LABEL_RANK.crowd;
  else if (isOld) label.priority = LABEL_RANK.oldContact;
  else label.priority = shape === "person" || shape === "boat" ? LABEL_RANK.lifeContact : LABEL_RANK.contact;
}
