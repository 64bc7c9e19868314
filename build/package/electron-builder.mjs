/**
 * How the desktop client is packed for the three systems. `build/package/package.mjs` runs it, `npm run check` validates it.
 * Signing reads the environment and nothing else: `CSC_LINK`, `CSC_KEY_PASSWORD` (both systems), `WIN_CSC_LINK`, `APPLE_ID`,
 * `APPLE_APP_SPECIFIC_PASSWORD`, `APPLE_TEAM_ID`. Without them the packages are unsigned, and README says what people will see.
 */
const onMac = process.platform === 'darwin'
const mayNotarise = Boolean(process.env.APPLE_ID && process.env.APPLE_TEAM_ID)

/** @type {import('electron-builder').Configuration} */
export const configuration = {
  appId: 'br.balcao.desk',
  productName: 'Balcão',
  copyright: 'Balcão contributors, MIT licence',
  // ASCII: these names travel in addresses, and the update lists name them.
  artifactName: 'Balcao-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist/desktop', buildResources: 'build/package' },
  // Main process, preload and page are bundled whole; what stays outside of the bundle are native parts.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/node_modules/**',
    'node_modules/koffi/**',
    'node_modules/@koromix/**',
    '!node_modules/koffi/{doc,vendor,lib}/**',
  ],
  asarUnpack: ['**/*.node'],
  extraResources: [
    { from: 'out/resources', to: '.' },
    // The office's own server, for the PC that becomes it: `npm run package:server` makes it first, for the system that packs.
    // Where it is missing electron-builder says so and goes on, and the program doesn't offer to be the server.
    { from: 'dist/server/${platform}-${arch}', to: 'server' },
  ],
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['pt-BR', 'pt_BR', 'en', 'en-US', 'es', 'es-419'],
  // The client asks its own office's server (it sets the address itself): this one only makes the update lists come into being.
  publish: { provider: 'generic', url: 'https://balcao.invalid/updates', useMultipleRangeRequest: false },
  generateUpdatesFilesForAllChannels: false,
  // The latter only as an offer: who opens telephone numbers is chosen in the settings.
  protocols: [
    { name: 'Balcão', schemes: ['balcao'] },
    { name: 'Telefone', schemes: ['tel', 'callto'] },
  ],

  // The last item of Electron's security checklist: what the finished program can't be turned into.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },

  win: {
    icon: 'out/package/icon.ico',
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'msi', arch: ['x64'] },
    ],
    requestedExecutionLevel: 'asInvoker',
    // Without a certificate there is no publisher to compare an update's with.
    verifyUpdateCodeSignature: Boolean(process.env.WIN_CSC_LINK ?? process.env.CSC_LINK),
  },
  nsis: {
    // The assistant asks: for this person, or for everybody on the PC.
    oneClick: false,
    perMachine: false,
    selectPerMachineByDefault: false,
    allowToChangeInstallationDirectory: true,
    installerLanguages: ['pt_BR', 'en_US', 'es_ES'],
    // A toast needs a Start-menu shortcut to come from.
    createStartMenuShortcut: true,
    shortcutName: 'Balcão',
    deleteAppDataOnUninstall: false,
  },
  // For those who spread programs by group policy. It does not update itself: whoever spreads it does.
  msi: { oneClick: false, perMachine: true, createDesktopShortcut: true },

  mac: {
    icon: 'out/package/icon.icns',
    category: 'public.app-category.business',
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      // Squirrel.Mac updates from the zip.
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/package/entitlements.mac.plist',
    entitlementsInherit: 'build/package/entitlements.mac.plist',
    notarize: onMac && mayNotarise,
    darkModeSupport: true,
    minimumSystemVersion: '12.0',
    extendInfo: {
      // macOS 15 asks the person before a program may look around on the network, and shows these words.
      NSLocalNetworkUsageDescription:
        'O Balcão procura o servidor do escritório na rede local. Balcão looks for the office’s server on the local network.',
      NSBonjourServices: ['_balcao._tcp'],
      LSMultipleInstancesProhibited: true,
    },
  },
  dmg: { title: 'Balcão ${version}' },

  linux: {
    icon: 'out/package/icons',
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
    ],
    executableName: 'balcao',
    category: 'Office',
    synopsis: 'Help desk of your own office',
    maintainer: 'Balcão contributors <balcao@users.noreply.github.com>',
    mimeTypes: ['x-scheme-handler/balcao', 'x-scheme-handler/tel', 'x-scheme-handler/callto'],
    desktop: {
      entry: {
        Name: 'Balcão',
        'Comment[pt_BR]': 'Central de atendimento do seu escritório',
        'Comment[es]': 'Mesa de ayuda de su propia oficina',
        Keywords: 'helpdesk;suporte;atendimento;tickets;soporte;',
        StartupWMClass: 'balcao',
      },
    },
  },
  deb: { packageCategory: 'utils', priority: 'optional', recommends: ['gnome-keyring | kwalletmanager'] },
}
