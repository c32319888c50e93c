// Node-RED's types lead from those of the runtime to those of the editor, and from there to the browser's.
// The runtime half is checked with these, which are none, in their place.
export {};
