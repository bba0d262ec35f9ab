import { Object3D } from "three";

// East, north, up: set before any object is made, once for the process (three's own default is y up).
Object3D.DEFAULT_UP.set(0, 0, 1);
