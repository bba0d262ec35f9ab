/** Words of the 3D coast, in both languages. */
export const sceneTexts = {
  en: {
    "scene.noCoast": "No coast loaded: sea shown everywhere",
    "scene.coastCredit":
      "Coast {{attribution}}, ±{{medianM}} m (90 % within {{p90M}} m); relief is a backdrop, not for clearance",
    "scene.home": "Home",
    "scene.north": "N",
    "scene.approximate": "{{name}} harbour, approximate",
  },
  fr: {
    "scene.noCoast": "Aucune côte chargée : la mer est dessinée partout",
    "scene.coastCredit":
      "Côte {{attribution}}, ±{{medianM}} m (90 % à moins de {{p90M}} m) ; relief indicatif, pas pour le franchissement",
    "scene.home": "Départ",
    "scene.north": "N",
    "scene.approximate": "Port de {{name}}, approximatif",
  },
} as const;
