import type { Language } from '../ipc/contract.ts'

const ptBR = {
  file: 'Arquivo',
  edit: 'Editar',
  view: 'Exibir',
  window: 'Janela',
  help: 'Ajuda',
  about: 'Sobre o Balcão',
  services: 'Serviços',
  hide: 'Ocultar o Balcão',
  hideOthers: 'Ocultar os outros',
  unhide: 'Mostrar tudo',
  quit: 'Sair do Balcão',
  close: 'Fechar janela',
  undo: 'Desfazer',
  redo: 'Refazer',
  cut: 'Recortar',
  copy: 'Copiar',
  paste: 'Colar',
  pasteAndMatchStyle: 'Colar sem formatação',
  selectAll: 'Selecionar tudo',
  reload: 'Recarregar',
  resetZoom: 'Tamanho original',
  zoomIn: 'Ampliar',
  zoomOut: 'Reduzir',
  togglefullscreen: 'Tela cheia',
  toggleDevTools: 'Ferramentas de desenvolvedor',
  minimize: 'Minimizar',
  zoom: 'Zoom da janela',
  front: 'Trazer todas para a frente',
  go: 'Ir',
  newCall: 'Nova ligação…',
  newTicket: 'Novo ticket…',
  tearOff: 'Abrir ticket em outra janela',
  print: 'Imprimir…',
  savePdf: 'Salvar como PDF…',
  settings: 'Configurações',
  palette: 'Comandos…',
  goQueue: 'Fila',
  goAlerts: 'Alertas',
  goCustomers: 'Clientes',
  goSearch: 'Busca',
  goDashboard: 'Painel',
  shortcuts: 'Atalhos de teclado',
  copyLink: 'Copiar endereço do link',
  copyAddress: 'Copiar endereço',
  openInBrowser: 'Abrir no navegador',
}

export type MenuWord = keyof typeof ptBR
type Heading = 'file' | 'edit' | 'view' | 'go' | 'window' | 'help'
type LinkWord = 'copyLink' | 'copyAddress' | 'openInBrowser'
/** Said by entries of our own. */
export type ActWord =
  | 'newCall'
  | 'newTicket'
  | 'tearOff'
  | 'print'
  | 'savePdf'
  | 'settings'
  | 'palette'
  | 'goQueue'
  | 'goAlerts'
  | 'goCustomers'
  | 'goSearch'
  | 'goDashboard'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'shortcuts'
/** Named as Electron names the roles of its menu items. */
export type RoleWord = Exclude<MenuWord, Heading | LinkWord | ActWord>

const en: Record<MenuWord, string> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  about: 'About Balcão',
  services: 'Services',
  hide: 'Hide Balcão',
  hideOthers: 'Hide Others',
  unhide: 'Show All',
  quit: 'Quit Balcão',
  close: 'Close Window',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste without Formatting',
  selectAll: 'Select All',
  reload: 'Reload',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  togglefullscreen: 'Full Screen',
  toggleDevTools: 'Developer Tools',
  minimize: 'Minimize',
  zoom: 'Zoom',
  front: 'Bring All to Front',
  go: 'Go',
  newCall: 'New Call…',
  newTicket: 'New Ticket…',
  tearOff: 'Open Ticket in Its Own Window',
  print: 'Print…',
  savePdf: 'Save as PDF…',
  settings: 'Settings',
  palette: 'Commands…',
  goQueue: 'Queue',
  goAlerts: 'Alerts',
  goCustomers: 'Customers',
  goSearch: 'Search',
  goDashboard: 'Dashboard',
  shortcuts: 'Keyboard Shortcuts',
  copyLink: 'Copy Link Address',
  copyAddress: 'Copy Address',
  openInBrowser: 'Open in Browser',
}

const es: Record<MenuWord, string> = {
  file: 'Archivo',
  edit: 'Editar',
  view: 'Ver',
  window: 'Ventana',
  help: 'Ayuda',
  about: 'Acerca de Balcão',
  services: 'Servicios',
  hide: 'Ocultar Balcão',
  hideOthers: 'Ocultar otros',
  unhide: 'Mostrar todo',
  quit: 'Salir de Balcão',
  close: 'Cerrar ventana',
  undo: 'Deshacer',
  redo: 'Rehacer',
  cut: 'Cortar',
  copy: 'Copiar',
  paste: 'Pegar',
  pasteAndMatchStyle: 'Pegar sin formato',
  selectAll: 'Seleccionar todo',
  reload: 'Recargar',
  resetZoom: 'Tamaño real',
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  togglefullscreen: 'Pantalla completa',
  toggleDevTools: 'Herramientas de desarrollo',
  minimize: 'Minimizar',
  zoom: 'Zoom de la ventana',
  front: 'Traer todas al frente',
  go: 'Ir',
  newCall: 'Nueva llamada…',
  newTicket: 'Nuevo ticket…',
  tearOff: 'Abrir ticket en otra ventana',
  print: 'Imprimir…',
  savePdf: 'Guardar como PDF…',
  settings: 'Configuración',
  palette: 'Comandos…',
  goQueue: 'Cola',
  goAlerts: 'Alertas',
  goCustomers: 'Clientes',
  goSearch: 'Búsqueda',
  goDashboard: 'Panel',
  shortcuts: 'Atajos de teclado',
  copyLink: 'Copiar dirección del enlace',
  copyAddress: 'Copiar dirección',
  openInBrowser: 'Abrir en el navegador',
}

export const menuWords: Record<Language, Record<MenuWord, string>> = { 'pt-BR': ptBR, en, es }
