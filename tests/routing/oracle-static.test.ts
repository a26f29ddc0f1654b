import { describeOracle } from "../support/check-front.ts";

describeOracle("static", 2000);
