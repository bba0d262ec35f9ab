import { checklistTexts } from "./checklist/texts.js";
import { groundTexts } from "./ground/texts.js";
import { linkTexts } from "./links/texts.js";
import { logTexts } from "./logs/texts.js";
import { paramTexts } from "./params/texts.js";
import { signingTexts } from "./signing/texts.js";

const en = {
  "app.setup": "Setup",
  "setup.pages": "Pages of Setup",
  "setup.page.links": "Links",
  "setup.page.ground": "Ground",
  "setup.page.signing": "Signing",
  "setup.page.params": "Parameters",
  "setup.page.logs": "Logs",
  "setup.page.checklist": "Checklist",
  "setup.page.links.hint": "how the station hears",
  "setup.page.ground.hint": "maps, heights, coast",
  "setup.page.signing.hint": "keys and who is believed",
  "setup.page.params.hint": "what the autopilot is told",
  "setup.page.logs.hint": "recorded on board",
  "setup.page.checklist.hint": "before every flight",
  "setup.aircraft": "Aircraft",
  "setup.aircraft.choose": "Show {{name}} on this page. Commands still go to the target chosen in Fly.",
  "setup.aircraft.target": "target",
  "setup.aircraft.lost": "not heard",
  "setup.aircraft.none": "No aircraft heard yet.",
  "setup.aircraft.none.do": "Switch it on and look at its link; this page fills by itself.",
  "setup.aircraft.open-links": "Open the links",
  "setup.aircraft.armed": "ARMED",
  "setup.aircraft.disarmed": "disarmed",
  "setup.because.station-lost": "the station is lost",
  "setup.because.vehicle-lost": "the aircraft is not heard",
  "setup.because.armed": "the aircraft is armed",
  "setup.because.no-vehicle": "no aircraft",
  "setup.sure": "Press again: {{what}}",
  "setup.unknown": "––",
};

const fr: Readonly<Record<keyof typeof en, string>> = {
  "app.setup": "Configurer",
  "setup.pages": "Pages de configuration",
  "setup.page.links": "Liaisons",
  "setup.page.ground": "Terrain",
  "setup.page.signing": "Signature",
  "setup.page.params": "Paramètres",
  "setup.page.logs": "Journaux",
  "setup.page.checklist": "Liste avant vol",
  "setup.page.links.hint": "par où la station entend",
  "setup.page.ground.hint": "cartes, relief, côte",
  "setup.page.signing.hint": "les clés et qui est cru",
  "setup.page.params.hint": "réglages de l'autopilote",
  "setup.page.logs.hint": "enregistrés à bord",
  "setup.page.checklist.hint": "avant chaque vol",
  "setup.aircraft": "Aéronef",
  "setup.aircraft.choose": "Montrer {{name}} sur cette page. Les ordres vont toujours à la cible choisie dans Voler.",
  "setup.aircraft.target": "cible",
  "setup.aircraft.lost": "pas détecté",
  "setup.aircraft.none": "Aucun aéronef détecté pour l'instant.",
  "setup.aircraft.none.do": "Mettez-le sous tension et regardez sa liaison ; cette page se remplit d'elle-même.",
  "setup.aircraft.open-links": "Voir les liaisons",
  "setup.aircraft.armed": "ARMÉ",
  "setup.aircraft.disarmed": "désarmé",
  "setup.because.station-lost": "la station est perdue",
  "setup.because.vehicle-lost": "l'aéronef n'est pas détecté",
  "setup.because.armed": "l'aéronef est armé",
  "setup.because.no-vehicle": "aucun aéronef",
  "setup.sure": "Appuyez encore : {{what}}",
  "setup.unknown": "––",
};

/** Words of the Setup workspace; each page keeps its own beside it. */
export const setupTexts = {
  en: {
    ...en,
    ...linkTexts.en,
    ...groundTexts.en,
    ...signingTexts.en,
    ...paramTexts.en,
    ...logTexts.en,
    ...checklistTexts.en,
  },
  fr: {
    ...fr,
    ...linkTexts.fr,
    ...groundTexts.fr,
    ...signingTexts.fr,
    ...paramTexts.fr,
    ...logTexts.fr,
    ...checklistTexts.fr,
  },
};
