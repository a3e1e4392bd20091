import { z } from "zod";
import { ROLES, type Role as RoleName, SCOPES, type Scope as ScopeName } from "./scopes.ts";

export const Scope = z.enum(SCOPES);
export type Scope = ScopeName;

export const Role = z.enum(Object.keys(ROLES) as [RoleName, ...RoleName[]]);
export type Role = RoleName;
