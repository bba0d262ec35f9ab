import type { AutomaticCheck } from "../../../src/vehicle/checklist.js";

type AutoKey = `check.auto.${AutomaticCheck}`;

const enAuto: Readonly<Record<AutoKey, string>> = {
  "check.auto.link-live": "The link is live",
  "check.auto.position-fixed": "It knows its position",
  "check.auto.battery-charged": "The battery is charged",
  "check.auto.plan-verified": "The plan on board is verified",
  "check.auto.fence-enabled": "The fence is on",
  "check.auto.autopilot-ready": "The autopilot is ready to arm",
  "check.auto.recording": "The sortie is being recorded",
};
const frAuto: Readonly<Record<AutoKey, string>> = {
  "check.auto.link-live": "La liaison est vivante",
  "check.auto.position-fixed": "Il connaît sa position",
  "check.auto.battery-charged": "La batterie est chargée",
  "check.auto.plan-verified": "Le plan à bord est vérifié",
  "check.auto.fence-enabled": "La barrière est active",
  "check.auto.autopilot-ready": "L'autopilote est prêt à armer",
  "check.auto.recording": "La sortie est enregistrée",
};

const en = {
  ...enAuto,
  "setup.check.title": "Checklist of {{name}}",
  "setup.check.about":
    "What the crew goes through in Fly before arming. It belongs to this aircraft and is kept by the station.",
  "setup.check.blocking": "Arming waits for this list",
  "setup.check.blocking.on": "{{name}} cannot be armed from here until every item is done.",
  "setup.check.blocking.off": "Open items are shown, and arming is possible all the same.",
  "setup.check.items": "Items, in the order they are gone through",
  "setup.check.item": "Item {{number}}",
  "setup.check.by-crew": "ticked by the crew",
  "setup.check.by-station": "seen by the station",
  "setup.check.placeholder": "What is to be checked",
  "setup.check.up": "Move up",
  "setup.check.down": "Move down",
  "setup.check.remove": "Remove",
  "setup.check.add": "Add an item",
  "setup.check.add-auto": "Add an automatic check",
  "setup.check.add-auto.none": "All automatic checks are in the list.",
  "setup.check.auto.note": "Ticked by the station as long as it holds.",
  "setup.check.save": "Save for {{name}}",
  "setup.check.discard": "Discard changes",
  "setup.check.saved": "Saved.",
  "setup.check.unsaved": "Not saved yet.",
  "setup.check.same": "No changes.",
  "setup.check.empty-text": "Item {{number}} says nothing: write it or remove it.",
  "setup.check.empty": "Nothing is checked before arming. Add what your crew goes through.",
  "setup.check.waiting": "Waiting for the list of this aircraft…",
  "setup.check.keys": "Alt+↑ and Alt+↓ move an item, Enter adds one below.",
};

const fr: Readonly<Record<keyof typeof en, string>> = {
  ...frAuto,
  "setup.check.title": "Liste avant vol de {{name}}",
  "setup.check.about":
    "Ce que l'équipage parcourt dans Voler avant d'armer. Elle appartient à cet aéronef et la station la garde.",
  "setup.check.blocking": "L'armement attend cette liste",
  "setup.check.blocking.on": "{{name}} ne peut pas être armé d'ici tant que tout n'est pas fait.",
  "setup.check.blocking.off": "Les points ouverts sont montrés, et l'armement reste possible.",
  "setup.check.items": "Points, dans l'ordre où on les parcourt",
  "setup.check.item": "Point {{number}}",
  "setup.check.by-crew": "coché par l'équipage",
  "setup.check.by-station": "vu par la station",
  "setup.check.placeholder": "Ce qu'il faut vérifier",
  "setup.check.up": "Monter",
  "setup.check.down": "Descendre",
  "setup.check.remove": "Retirer",
  "setup.check.add": "Ajouter un point",
  "setup.check.add-auto": "Ajouter un contrôle automatique",
  "setup.check.add-auto.none": "Tous les contrôles automatiques sont dans la liste.",
  "setup.check.auto.note": "Coché par la station tant que c'est vrai.",
  "setup.check.save": "Enregistrer pour {{name}}",
  "setup.check.discard": "Abandonner les changements",
  "setup.check.saved": "Enregistré.",
  "setup.check.unsaved": "Pas encore enregistré.",
  "setup.check.same": "Aucun changement.",
  "setup.check.empty-text": "Le point {{number}} ne dit rien : écrivez-le ou retirez-le.",
  "setup.check.empty": "Rien n'est vérifié avant d'armer. Ajoutez ce que votre équipage parcourt.",
  "setup.check.waiting": "En attente de la liste de cet aéronef…",
  "setup.check.keys": "Alt+↑ et Alt+↓ déplacent un point, Entrée en ajoute un dessous.",
};

export const checklistTexts = { en, fr };
