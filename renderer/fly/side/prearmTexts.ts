/** What each kind of refusal means and what to do about it; see `prearmHelp.ts`. */
const en = {
  "fly.prearm.position":
    "It does not know where it is. Give it a view of the sky and wait, up to a minute after power-on.",
  "fly.prearm.gpsQuality": "The satellites' position is too rough. Move away from walls and masts, and wait.",
  "fly.prearm.compassCalibration":
    "The compass wants calibrating, or iron is near. Move away from vehicles; calibrate if it stays.",
  "fly.prearm.compass": "The compass is disturbed. Move away from metal, vehicles and cables.",
  "fly.prearm.gyros": "Keep it still until the gyros have settled; restart it if this stays.",
  "fly.prearm.accels": "The accelerometers disagree. Let it warm up standing still; calibrate if it stays.",
  "fly.prearm.barometer": "The height sensor is not settled. Shelter it from wind and wait a minute.",
  "fly.prearm.estimator": "Its attitude is not settled yet. Leave it level and still.",
  "fly.prearm.battery": "The battery is too low, or its monitor is not set up. Put in a charged pack.",
  "fly.prearm.radio": "No radio control is heard, or a stick is not at rest. Switch the transmitter on, throttle down.",
  "fly.prearm.fence": "The fence is in the way: it stands outside, or the fence is not valid. Check it in Plan.",
  "fly.prearm.safetySwitch": "Press and hold the safety switch on the aircraft.",
  "fly.prearm.airspeed": "The air speed sensor is not right. Take its cover off, shelter it from wind.",
  "fly.prearm.logging": "It cannot write its log. Check the memory card.",
  "fly.prearm.mode": "It cannot arm in this mode. Choose another mode.",
  "fly.prearm.level": "It does not stand level. Set it down on even ground.",
  "fly.prearm.home": "Its home is not set yet. Wait for its position.",
  "fly.prearm.mission": "The mission is missing or not valid. Upload the plan again.",
  "fly.prearm.remoteId": "Remote ID is not ready. Give the operator's identity and place in the payload panel.",
  "fly.prearm.groundStation": "It wants a ground station. Check the link.",
  "fly.prearm.board": "Something inside failed. Restart it; do not fly if it comes back.",
} as const;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "fly.prearm.position":
    "Il ne sait pas où il est. Dégagez le ciel et attendez, jusqu'à une minute après la mise sous tension.",
  "fly.prearm.gpsQuality":
    "La position par satellites est trop grossière. Éloignez-vous des murs et des mâts, et attendez.",
  "fly.prearm.compassCalibration":
    "Le compas est à étalonner, ou du fer est proche. Éloignez-le des véhicules ; étalonnez si cela persiste.",
  "fly.prearm.compass": "Le compas est perturbé. Éloignez-le du métal, des véhicules et des câbles.",
  "fly.prearm.gyros": "Ne le bougez pas tant que les gyromètres ne sont pas stables ; redémarrez-le si cela persiste.",
  "fly.prearm.accels": "Les accéléromètres se contredisent. Laissez-le chauffer immobile ; étalonnez si cela persiste.",
  "fly.prearm.barometer": "Le capteur d'altitude n'est pas stable. Abritez-le du vent et attendez une minute.",
  "fly.prearm.estimator": "Son attitude n'est pas encore stable. Laissez-le à plat et immobile.",
  "fly.prearm.battery": "La batterie est trop basse, ou sa mesure n'est pas réglée. Mettez une batterie chargée.",
  "fly.prearm.radio": "Pas de radiocommande, ou un manche n'est pas au repos. Allumez l'émetteur, gaz en bas.",
  "fly.prearm.fence": "La barrière s'y oppose : il est dehors, ou elle n'est pas valable. Vérifiez-la dans Préparer.",
  "fly.prearm.safetySwitch": "Appuyez longuement sur l'interrupteur de sécurité de l'aéronef.",
  "fly.prearm.airspeed": "L'anémomètre n'est pas correct. Ôtez son cache, abritez-le du vent.",
  "fly.prearm.logging": "Il ne peut pas écrire son journal. Vérifiez la carte mémoire.",
  "fly.prearm.mode": "Il ne peut pas armer dans ce mode. Choisissez-en un autre.",
  "fly.prearm.level": "Il n'est pas à plat. Posez-le sur un sol égal.",
  "fly.prearm.home": "Son point de départ n'est pas encore fixé. Attendez sa position.",
  "fly.prearm.mission": "La mission manque ou n'est pas valable. Renvoyez le plan.",
  "fly.prearm.remoteId":
    "L'identification à distance n'est pas prête. Donnez l'opérateur et sa place dans le panneau charge utile.",
  "fly.prearm.groundStation": "Il veut une station au sol. Vérifiez la liaison.",
  "fly.prearm.board": "Une panne interne. Redémarrez-le ; ne volez pas si elle revient.",
};

export const prearmTexts = { en, fr };
