import "../worker/jitless.ts";
import { expose } from "comlink";
import { openFile } from "./open.ts";

/** Reads files apart from the page, so that a huge one does not stop it. */
const reader = { open: (file: Blob) => openFile(file) };
export type Reader = typeof reader;

expose(reader);
