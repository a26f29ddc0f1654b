import { describeOracle } from "../support/check-front.ts";

describeOracle("customs", 2000);
