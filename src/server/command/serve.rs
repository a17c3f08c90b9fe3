//! `tonari serve`: from settings to a listening server, and down again in order.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};

use super::retention;
use crate::config::{Config, PublicUrl};
use crate::desk::pages::Files;
use crate::edition::key::EditionKey;
use crate::edition::of_file;
use crate::imports::fetch::{Reach, SystemNames};
use crate::limit;
use crate::listen::{self, Limits};
use crate::mail::Origin;
use crate::metrics::Metrics;
use crate::pressure::Pressure;
use crate::router::{App, router};
use crate::service::delivery::Delivery;
use crate::service::directory::{self, Directory};
use crate::service::hosts::Hosts;
use crate::service::imports::Imports;
use crate::service::library::Library;
use crate::service::live::Live;
use crate::service::pictures::Pictures;
use crate::service::publish::Publishing;
use crate::service::staff::Desk;
use crate::service::staff::passkeys::{WayIn, home};
use crate::service::vault::Vault;
use crate::service::{Bookings, Clock, demo, first_texts, system_clock};
use crate::site::Site;
use crate::site::files::Host;
use crate::site::frame::Pages;
use crate::store::content::ContentStore;
use crate::store::facts::{FactStore, Laid};
use crate::store::hosts::HostStore;
use crate::store::{self, Address, Store};
use crate::telemetry;

pub use crate::config::Args;

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// Whatever keeps the server from starting, as one line.
pub fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::try_from(args)?;
    telemetry::start();
    let runtime = tokio::runtime::Runtime::new().context("the async runtime does not start")?;
    let mut opened = runtime.block_on(open(&config.var, &config.database, system_clock()))?;
    let file = of_file(&config.var.join("edition.json"))?;
    let laid = runtime.block_on(directory::lay(&*opened.facts, &file, (opened.bookings.clock)()));
    opened.laid = laid.context("the database does not take the directory")?;
    let app = Arc::new(load(&config, opened)?);
    runtime.block_on(async {
        first_texts::put(&*app.library.store, config.demo, app.library.now()).await?;
        if config.demo {
            let published = app.published();
            let teams = published.edition.associations.iter().filter(|one| one.team.is_some());
            demo::open(&app.bookings, teams.map(|one| one.id.clone()).collect()).await?;
        }
        let (stop, stopped) = watch::channel(false);
        let delivery = Arc::new(open_delivery(&config, &app)?);
        let lists = tokio::spawn(app.bookings.clone().keep_lists(stopped.clone()));
        let retaining =
            tokio::spawn(retention::keep(app.bookings.clone(), config.var.clone(), stopped.clone()));
        let sweeping = tokio::spawn(app.staff.clone().keep_swept(stopped.clone()));
        let delivering = tokio::spawn(delivery.run(stopped));
        listen_until_told(&config, app, &stop).await?;
        lists.await.context("the waiting lists did not come to their end")?;
        sweeping.await.context("the sessions did not come to their end")?;
        retaining.await.context("the retention did not come to its end")?;
        // A mail under way ends within its own limit.
        delivering.await.context("the mails did not come to their end")
    })
}

/// The database, for whoever books and whoever reads.
pub struct Opened {
    pub bookings: Bookings,
    pub contents: Arc<dyn ContentStore>,
    pub texts: Publishing,
    pub hosts: Arc<dyn HostStore>,
    pub facts: Arc<dyn FactStore>,
    /// What desks have published, where somebody asked before the start.
    pub laid: Option<Laid>,
    pub pictures: Pictures,
    pub staff: Desk,
}

/// The store and the secrets of bookings.
///
/// # Errors
/// A database or a key that cannot be used, in one line.
pub async fn open(var: &Path, database: &Address, clock: Clock) -> anyhow::Result<Opened> {
    std::fs::create_dir_all(var)
        .with_context(|| format!("cannot create the folder {} (TONARI_VAR)", var.display()))?;
    let vault = Vault::load_or_create(&var.join("booking.keys"), clock())?;
    let opened = store::open(database).await.with_context(|| format!("cannot use {database}"))?;
    let Store {
        bookings: store,
        mails,
        keeping,
        boards,
        settings,
        calls,
        contents,
        drafts,
        hosts,
        pictures,
        staff,
        facts,
        journal,
        ..
    } = opened;
    let pictures = Pictures::new(pictures, Arc::clone(&clock));
    let texts = Publishing {
        drafts,
        staff: Arc::clone(&staff),
        journal: Arc::clone(&journal),
        pictures: pictures.clone(),
        clock: Arc::clone(&clock),
    };
    let staff = Desk { store: staff, journal: Arc::clone(&journal), clock: Arc::clone(&clock) };
    let (news, vault) = (Arc::new(Notify::new()), Arc::new(vault));
    let bookings = Bookings { store, mails, keeping, boards, settings, calls, journal, news, vault, clock };
    Ok(Opened { bookings, contents, texts, hosts, facts, laid: None, pictures, staff })
}

/// Everything that is served, but for bookings in memory.
///
/// # Errors
/// A missing build, an unreadable key or a broken edition, each in one line.
pub fn load(config: &Config, opened: Opened) -> anyhow::Result<App> {
    let Opened { bookings, contents, texts, hosts, facts, laid, pictures, staff } = opened;
    let kept = |name: &str| config.var.join(name);
    let key = Arc::new(EditionKey::load_or_create(&kept("edition.key"))?);
    let file = of_file(&kept("edition.json"))?;
    let directory = Directory::new(facts, file, laid, Arc::clone(&key), Arc::clone(&bookings.clock));
    let published = directory.now();
    let host = config.files.as_ref().map_or(Host::Own, Host::Files);
    let good = config.min_version.as_deref();
    let site = Site::load(&config.site, &kept("compressed"), &published.edition, &key.public(), host, good)?;
    tracing::info!(
        files = site.count(),
        version = site.version(),
        edition = published.edition.number,
        "the site is in memory"
    );
    if good.is_some() && !site.retires_others() {
        tracing::warn!("TONARI_MIN_VERSION is not the version that is served: no phone leaves any version");
    }
    let library = Library::new(contents, key, Arc::clone(&bookings.clock), kept("compressed-shelves"));
    let hosts = Hosts::new(hosts, &published.edition, Arc::clone(&bookings.clock));
    let teams = published.edition.associations.iter().map(|one| one.id.clone());
    let origin = Origin::of(config);
    let post = config.mailing().post(&origin.host, &config.var)?;
    let desk = Files::load(&config.desk, &kept("compressed-desk"))?;
    let home = home(config.public_url.as_ref(), config.listen);
    if desk.is_none() {
        tracing::warn!("no built desk (TONARI_DESK): /desk/ is not there");
    } else if home.is_none() {
        tracing::warn!(
            "/desk/ is not there: TONARI_PUBLIC_URL is not https and a name, and browsers have no passkeys for it"
        );
    }
    let way_in = home.as_ref().map(|home| WayIn::at(home, staff.clone())).transpose();
    let way_in = way_in.context("TONARI_PUBLIC_URL is not an address that can have passkeys")?;
    let pressure = Pressure::new(config.bearable, teams, &bookings.vault);
    Ok(App {
        pages: Pages::new(site.books()),
        site,
        pressure,
        directory,
        live: Live::new(Arc::clone(&bookings.boards)),
        library,
        texts,
        hosts,
        pictures,
        imports: imports(config, Arc::clone(&bookings.clock)),
        staff,
        way_in,
        home,
        desk,
        post,
        bookings,
        origin,
        limits: limit::Limits::new(config.allowance),
        metrics: Metrics::default(),
        metrics_token: config.metrics_token.clone(),
        min_version: config.min_version.clone(),
        https: config.public_url.as_ref().is_some_and(|url| url.is_https()),
        draining: AtomicBool::new(false),
    })
}

/// Looks into teams' calendars, and nowhere but in the public network.
fn imports(config: &Config, clock: Clock) -> Imports {
    let home = config.public_url.as_ref().map(PublicUrl::as_str);
    Imports::new(&config.var, home, Arc::new(SystemNames), Reach::public(), clock)
}

/// Where mails go.
///
/// # Errors
/// A folder or certificates that cannot be used, in one line.
pub fn open_delivery(config: &Config, app: &Arc<App>) -> anyhow::Result<Delivery> {
    if config.smtp_url.is_none() {
        tracing::info!("no TONARI_SMTP_URL: mails are written to mail/ in the server's folder");
    }
    let post = config.mailing().post(&app.origin.host, &config.var)?;
    let directory = Arc::clone(app);
    let published = Box::new(move || directory.published());
    Ok(Delivery { bookings: app.bookings.clone(), published, origin: app.origin.clone(), post })
}

async fn listen_until_told(config: &Config, app: Arc<App>, stop: &watch::Sender<bool>) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {} (TONARI_LISTEN)", config.listen))?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot watch for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot watch for SIGINT")?;
    let address = listener.local_addr().context("the listening address is gone")?;
    tracing::info!(%address, "listening");

    let draining = Arc::clone(&app);
    let told_to_stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        // A load balancer that asks on an open connection must hear it before that connection goes.
        draining.draining.store(true, Ordering::Relaxed);
        stop.send_replace(true);
        tracing::info!("told to stop, finishing open requests");
    };
    listen::serve(listener, router(app), Limits::default(), told_to_stop).await;
    tracing::info!("stopped");
    Ok(())
}
