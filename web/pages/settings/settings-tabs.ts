/** The sections of the settings, as the address names them and in their order. */
export const settingsTabs = ['policies', 'tokens'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
