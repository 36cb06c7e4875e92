/** The sections of the settings, as the address names them and in their order. */
export const settingsTabs = ['policies', 'tokens', 'members', 'webhooks', 'plan'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
