// What the two dashboards are given to show the element <netmon-dashboard>. Dashboard 2 runs Vue, the other
// one Angular. The complete examples have the same.

/** Shows the pages that it is sent, and sends what is asked for. */
export const dashboard2Template = `<template>
  <netmon-dashboard ref="dashboard" @ask="ask" @command="command"></netmon-dashboard>
</template>

<script src="../netmon/elements/netmon-dashboard.js"></script>

<script>
export default {
  watch: {
    msg(msg) {
      this.$refs.dashboard.data = msg?.payload;
    },
  },
  mounted() {
    this.$refs.dashboard.data = this.msg?.payload;
  },
  methods: {
    ask(event) {
      this.send({ topic: 'ask', payload: event.detail });
    },
    command(event) {
      this.send(event.detail);
    },
  },
};
</script>
`;

/** For the page that has nothing else. */
export const dashboard2Style = `/* The first page is the dashboard and nothing else, in its own colors. */
.nrdb-layout--grid:has(.netmon-whole) { padding: 0 !important; }
.netmon-whole > .v-card { background: none !important; border: 0; }
.netmon-whole > .v-card > .v-card-text { padding: 0; }
html[data-netmon-theme="dark"] .nrdb-app { background: #0e1318 !important; }
/* The dashboard's own widgets are dark where its elements are. */
html[data-netmon-theme="dark"] .v-theme--nrdb {
  --v-theme-background: 14, 19, 24;
  --v-theme-on-background: 231, 237, 243;
  --v-theme-surface: 22, 28, 35;
  --v-theme-on-surface: 231, 237, 243;
  --v-theme-group-background: 22, 28, 35;
  --v-theme-on-group-background: 231, 237, 243;
  --v-theme-group-outline: 39, 49, 59;
  --v-border-color: 231, 237, 243;
  color-scheme: dark;
}
/* A chart is drawn for a light ground: lightness is turned round, and colors stay. */
html[data-netmon-theme="dark"] .nrdb-ui-chart canvas { filter: invert(0.92) hue-rotate(180deg); }
`;

/** The same for node-red-dashboard. */
export const dashboard1Template = `<script src="../netmon/elements/netmon-dashboard.js"></script>
<netmon-dashboard id="netmon-dashboard"></netmon-dashboard>
<script>
(function (scope) {
  const element = document.getElementById("netmon-dashboard");
  element.addEventListener("ask", (event) => scope.send({ topic: "ask", payload: event.detail }));
  element.addEventListener("command", (event) => scope.send(event.detail));
  scope.$watch("msg", (msg) => {
    if (msg) element.data = msg.payload;
  });
})(scope);
</script>
`;

/** Its pages are as wide as they were made, and its cards have a place and a colour of their own. */
export const dashboard1Style = `<style>
/* A chart hears by this frame how wide it is; this way also how high, which may come later. */
.nr-dashboard-chart { position: relative; }
.nr-dashboard-chart > .chartjs-hidden-iframe { height: 100% !important; visibility: hidden; }
/* On a narrow page each group is as wide as the page, with its widgets one below the other. */
@media (max-width: 1000px) {
  .masonry-container > ui-card-panel { left: 6px !important; width: calc(100vw - 12px); }
  .nr-dashboard-cardpanel, .nr-dashboard-cardtitle { width: auto !important; }
  .nr-dashboard-cardcontainer {
    display: grid; gap: 6px; height: auto !important; width: auto !important;
  }
  .nr-dashboard-cardcontainer > md-card { position: static !important; width: auto !important; }
}
/* The first page is the dashboard and nothing else, as high as it is and in its own colors. */
.masonry-container:has(netmon-dashboard) {
  min-height: 0 !important;
}
ui-card-panel:has(netmon-dashboard),
ui-card-panel:has(netmon-dashboard) .nr-dashboard-cardcontainer,
.nr-dashboard-theme .nr-dashboard-template:has(netmon-dashboard) {
  background: none !important;
  border: 0 !important;
  height: auto !important;
  left: 0 !important;
  max-width: none;
  overflow: visible;
  padding: 0;
  position: static !important;
  width: 100% !important;
}
/* The dashboard's own widgets are dark where its elements are. */
html[data-netmon-theme="dark"] body.nr-dashboard-theme,
html[data-netmon-theme="dark"] body.nr-dashboard-theme md-content {
  background: #0e1318 !important;
  color-scheme: dark;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme ui-card-panel {
  background: #161c23 !important;
  border-color: #27313b !important;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme ui-card-panel p.nr-dashboard-cardtitle {
  color: #e7edf3;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme md-card,
html[data-netmon-theme="dark"] body.nr-dashboard-theme md-card * {
  background-color: transparent !important;
  color: #e7edf3;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme .nr-dashboard-dropdown .md-select-icon {
  color: #e7edf3;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme .md-select-menu-container md-select-menu,
html[data-netmon-theme="dark"] body.nr-dashboard-theme .md-select-menu-container md-content {
  background: #222b34 !important;
}
html[data-netmon-theme="dark"] body.nr-dashboard-theme .md-select-menu-container md-option {
  color: #e7edf3;
}
/* A chart is drawn for a light ground: lightness is turned round, and colors stay. */
html[data-netmon-theme="dark"] .nr-dashboard-chart canvas { filter: invert(0.92) hue-rotate(180deg); }
</style>
`;
