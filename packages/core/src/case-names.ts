import { z } from "zod";
import { LIMITS } from "./limits.ts";

export const CaseKey = z.string().min(1).max(LIMITS.caseKeyLengthMax);

export const CaseTag = z.string().min(1).max(LIMITS.caseTagLengthMax);

export const CaseGroup = z.string().min(1).max(LIMITS.caseGroupLengthMax);
