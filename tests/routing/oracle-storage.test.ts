import { describeOracle } from "../support/check-front.ts";

describeOracle("storage", 2000);
