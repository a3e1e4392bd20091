/** Who a message of a version may speak as. What a member of a tenant may do is a role of `ROLES`. */
export const MESSAGE_ROLES = ["system", "user", "assistant"] as const;
