//! A ledger that many hosts share through a Redis server: each change is a script that runs there, in the server's time.
//!
//! - `address`, `host_name`: where the server is, and for which exit and host a client counts.
//! - `connection`, `trouble`: one connection with the scripts loaded, and why there is none.
//! - `scripts`: what goes into the scripts and comes out; the scripts themselves are in the folder of this name.
//! - `own_share`: what the client has used itself, and its share while the server is away.
//! - `status`: what the ledger holds, for people.

mod address;
mod connection;
mod host_name;
mod own_share;
mod scripts;
mod status;
mod trouble;

pub(super) use address::RedisAddress;
pub use status::{LedgerStatus, SharedAmount};

use crate::error::Error;
use crate::hook::Hook;
use crate::notice::Notice;
use crate::rate_limit::ledger::{Denied, PermitRequest};
use crate::rate_limit::open_ledger::LedgerSurroundings;
use crate::rate_limit::{Account, CooldownLength, Limits};
use connection::Connection;
use own_share::{OwnGrant, OwnUse, Parts, Sharers, parts};
use papi_types::{ClientOrderId, Clock, Cost};
use rustls::ClientConfig;
use scripts::{Answered, Caller, Epoch, ReserveAnswer, Script, SettleAnswer};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use trouble::Trouble;

/// A call waits for the server for no longer than this and [`GRACE`], together a quarter of a second.
const PATIENCE: Duration = Duration::from_millis(240);
/// An answer that has come may not have been read yet, when it was this process that was slow.
const GRACE: Duration = Duration::from_millis(10);
/// How long connecting may take where no call waits for it.
const CONNECT_PATIENCE: Duration = Duration::from_secs(1);
/// The pause before the server is asked again whether it is back.
const PROBE_PAUSE: Duration = Duration::from_secs(1);
/// That others use the address is told again after this time.
const BETWEEN_NOTICES_OF_OTHERS: Duration = Duration::from_secs(3_600);

/// The ledger on the server, seen by one client and its clones.
#[derive(Debug)]
pub(crate) struct RedisLedger(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    address: RedisAddress,
    tls: Arc<ClientConfig>,
    account: Option<Account>,
    limits: Limits,
    clock: Arc<dyn Clock>,
    on_notice: Hook<Notice>,
    /// Tells this client from all others.
    client: String,
    /// How many leases it has asked for.
    leases: AtomicU64,
    /// Held while connecting, so that calls at the same time connect once.
    connecting: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    standing: Standing,
    own: OwnUse,
    sharers_of_exit: Option<Sharers>,
    sharers_of_account: Option<Sharers>,
    others_told: Option<Instant>,
}

#[derive(Debug)]
enum Standing {
    /// By this connection, once there is one.
    Sharing(Option<Connection>),
    /// The server is away, and this task asks for it.
    Alone(JoinHandle<()>),
}

/// A call that is under way.
#[derive(Debug)]
pub(crate) struct RedisGrant {
    request: PermitRequest,
    /// The lease on the server; none when the client granted it alone.
    lease: Option<(String, Epoch)>,
    own: OwnGrant,
    granted: Instant,
}

impl RedisLedger {
    /// Connects and has a look, so that what can never be used is an error now.
    ///
    /// # Errors
    ///
    /// Invalid, with the reason and the server.
    pub(super) fn open(address: RedisAddress, around: LedgerSurroundings<'_>) -> Result<Self, Error> {
        let LedgerSurroundings { limits, account, clock, tls, on_notice } = around;
        let own = OwnUse::new(clock.now());
        let standing = Standing::Sharing(None);
        let (sharers_of_exit, sharers_of_account, others_told) = (None, None, None);
        let shared = Shared {
            address,
            tls: Arc::new(tls.clone()),
            account: Some(account).filter(|account| *account != Account::NONE),
            limits,
            clock,
            on_notice,
            client: ClientOrderId::generate().to_string(),
            leases: AtomicU64::new(0),
            connecting: tokio::sync::Mutex::default(),
            state: Mutex::new(State { standing, own, sharers_of_exit, sharers_of_account, others_told }),
        };
        shared.check().map_err(|trouble| shared.unusable(trouble))?;
        if shared.address.exit.is_none() {
            shared.on_notice.notify(&Notice::WeightNotShared { host: shared.address.host.clone() });
        }
        Ok(Self(Arc::new(shared)))
    }

    /// Notes a call as under way, or says when there may be room.
    pub(super) async fn reserve(&self, request: &PermitRequest) -> Result<RedisGrant, Denied> {
        let Self(shared) = self;
        if request.is_too_much(&shared.limits) {
            return Err(Denied::Never);
        }
        let is_alone = {
            let mut state = shared.state();
            // Known without asking, and also when the ledger was emptied meanwhile.
            if let Some(wait) = state.own.closed_for(shared.clock.now()) {
                return Err(Denied::Closed(wait));
            }
            shared.keep_asking(&mut state)
        };
        if !is_alone {
            let connection = within(PATIENCE, shared.connection()).await;
            let answer = match connection {
                Ok(connection) => within(PATIENCE, shared.ask_for_permit(&connection, request)).await,
                Err(trouble) => Err(trouble),
            };
            match answer {
                Ok(answer) => return answer,
                Err(trouble) => shared.go_alone(&trouble),
            }
        }
        let mut state = shared.state();
        let parts = state.parts();
        let own = state.own.reserve_alone(request, &shared.limits, parts, shared.clock.now())?;
        Ok(RedisGrant { request: *request, lease: None, own, granted: Instant::now() })
    }

    /// Notes a call as answered now, adopts the exchange's counts, and starts the cooldown if the exchange closed itself.
    /// Returns for how long then. The server is told without waiting for what it says, unless the exchange is closed.
    pub(super) async fn settle(
        &self,
        call: &RedisGrant,
        used: Cost,
        length: Option<CooldownLength>,
    ) -> Option<Duration> {
        let Self(shared) = self;
        let (closed_for, connection) = {
            let mut state = shared.state();
            let closed_for = state.own.settle(&call.own, used, length, &shared.limits, shared.clock.now());
            (closed_for, state.connection())
        };
        let Some(connection) = connection else { return closed_for };
        let lease = call.lease.as_ref().map(|(lease, epoch)| (lease.as_str(), *epoch));
        let answered =
            Answered { lease, request: &call.request, elapsed: call.granted.elapsed(), theirs: used, cooldown: length };
        let arguments = scripts::settle(&answered, &shared.limits);
        let with_account = call.request.cost.orders > 0 || used.orders > 0;
        let keys = shared.address.keys(shared.account.filter(|_| with_account));
        let telling = shared.clone();
        let mut told = Box::pin(async move {
            let asked = within(PATIENCE, connection.run::<Vec<i64>>(Script::Settle, &keys, &arguments)).await;
            // A server that does not answer is found away by the next call; the lease ends by itself.
            let answer = SettleAnswer::read(&asked.ok()?)?;
            telling.hear(answer);
            answer.closed_for
        });
        if length.is_some() {
            return told.await.max(closed_for);
        }
        // It is handed over before this returns, so that a process that ends now has told it.
        let is_over = poll_fn(|context| Poll::Ready(told.as_mut().poll(context).is_ready())).await;
        if !is_over {
            tokio::spawn(told);
            tokio::task::yield_now().await;
        }
        closed_for
    }

    /// Looks at the ledger.
    ///
    /// # Errors
    ///
    /// Not sent when the server does not answer.
    pub(super) async fn status(&self) -> Result<LedgerStatus, Error> {
        let Self(shared) = self;
        let address = &shared.address;
        let nothing = LedgerStatus {
            server: address.to_string(),
            version: String::new(),
            round_trip: Duration::ZERO,
            exit: address.exit().to_owned(),
            is_exit_of_this_host: address.exit.is_none(),
            closed_for: Duration::ZERO,
            is_of_account: shared.account.is_some(),
            weight: None,
            orders: None,
        };
        let look = async {
            let connection = Connection::open(address, &shared.tls).await?;
            status::status(&connection, &address.keys(shared.account), &shared.limits, nothing).await
        };
        within(CONNECT_PATIENCE, look).await.map_err(|trouble| shared.unusable(trouble))
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while holding the lock leaves at worst one entry too many.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Connects once, on a thread of its own: a client is built without a runtime, or within one that must not be waited in.
    fn check(&self) -> Result<(), Trouble> {
        let connect = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(Trouble::Unreachable)?;
            let joined = runtime.block_on(within(CONNECT_PATIENCE, self.join())).map(drop);
            // A name that is looked up in vain must not be waited for.
            runtime.shutdown_background();
            joined
        };
        std::thread::scope(|scope| scope.spawn(connect).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn unusable(&self, trouble: Trouble) -> Error {
        Error::setting(format!("the shared ledger on {} cannot be used: {trouble}", self.address), trouble)
    }

    /// Connects, tells the server what it does not know, and shares from then on.
    async fn join(&self) -> Result<Connection, Trouble> {
        let connection = Connection::open(&self.address, &self.tls).await?;
        let keys = self.address.keys(self.account);
        // Calls go on while the server is told, so it is told of those as well.
        let mut told = None;
        loop {
            let (more, closed_for) = {
                let (mut state, now) = (self.state(), self.clock.now());
                let untold = state.own.untold(self.account.unwrap_or(Account::NONE), &self.limits, now);
                let more = untold.beyond(told.unwrap_or_default());
                if told.is_some() && more.is_zero() {
                    state.own.forget_untold(now);
                    state.standing = Standing::Sharing(Some(connection.clone()));
                    return Ok(connection);
                }
                told = Some(untold);
                (more, state.own.closed_for(now).unwrap_or_default())
            };
            let answer: Vec<i64> =
                connection.run(Script::Join, &keys, &scripts::join(&self.limits, more, closed_for)).await?;
            if answer.first() == Some(&1) {
                self.tell_of_doubt();
            }
        }
    }

    /// The connection that calls share. It is made when there is none, or the one that was has broken.
    async fn connection(&self) -> Result<Connection, Trouble> {
        if let Some(connection) = self.state().connection() {
            return Ok(connection);
        }
        let _one_at_a_time = self.connecting.lock().await;
        if let Some(connection) = self.state().connection() {
            return Ok(connection);
        }
        self.join().await
    }

    /// Asks the server for a permit.
    async fn ask_for_permit(
        &self,
        connection: &Connection,
        request: &PermitRequest,
    ) -> Result<Result<RedisGrant, Denied>, Trouble> {
        let lease = format!("{}:{}", self.client, self.leases.fetch_add(1, Ordering::Relaxed));
        let caller = Caller { client: &self.client, host: &self.address.host };
        let arguments = scripts::reserve(&lease, caller, request, &self.limits);
        let keys = self.address.keys(self.account.filter(|_| request.cost.orders > 0));
        let numbers: Vec<i64> = connection.run(Script::Reserve, &keys, &arguments).await?;
        let answer = ReserveAnswer::read(&numbers).ok_or(Trouble::NoLedger)?;
        if answer.was_begun {
            self.tell_of_doubt();
        }
        let mut state = self.state();
        state.sharers_of_exit = Some(answer.of_exit);
        state.sharers_of_account = answer.of_account.or(state.sharers_of_account);
        Ok(answer.granted.map(|epoch| RedisGrant {
            request: *request,
            lease: Some((lease, epoch)),
            own: state.own.note(request, self.clock.now()),
            granted: Instant::now(),
        }))
    }

    /// Goes on without the server, and has one task ask for it.
    fn go_alone(self: &Arc<Self>, trouble: &Trouble) {
        let mut state = self.state();
        if matches!(state.standing, Standing::Alone(_)) {
            return;
        }
        state.standing = Standing::Alone(tokio::spawn(ask_until_back(Arc::downgrade(self))));
        let part = state.parts().weight;
        drop(state);
        let (ledger, reason) = (self.address.to_string(), trouble.to_string());
        self.on_notice.notify(&Notice::LedgerAway { ledger, reason, part });
    }

    /// Returns whether the client is alone. The task that asks for the server ends with its runtime; then another one does.
    fn keep_asking(self: &Arc<Self>, state: &mut State) -> bool {
        let Standing::Alone(asking) = &mut state.standing else { return false };
        if asking.is_finished() {
            *asking = tokio::spawn(ask_until_back(Arc::downgrade(self)));
        }
        true
    }

    /// Reads what the server says to a call that was settled.
    fn hear(&self, answer: SettleAnswer) {
        if answer.was_begun {
            self.tell_of_doubt();
        }
        if answer.used_by_others == 0 {
            return;
        }
        let mut state = self.state();
        if state.others_told.is_some_and(|told| told.elapsed() < BETWEEN_NOTICES_OF_OTHERS) {
            return;
        }
        state.others_told = Some(Instant::now());
        drop(state);
        let (exit, weight) = (self.address.exit().to_owned(), answer.used_by_others);
        self.on_notice.notify(&Notice::UsedByOthers { exit, weight });
    }

    fn tell_of_doubt(&self) {
        let (ledger, wait) = (self.address.to_string(), self.limits.window);
        self.on_notice.notify(&Notice::LedgerInDoubt { ledger, wait });
    }
}

impl State {
    /// The connection, if there is one that works as far as is known.
    fn connection(&self) -> Option<Connection> {
        match &self.standing {
            Standing::Sharing(connection) => connection.clone().filter(Connection::is_open),
            Standing::Alone(_) => None,
        }
    }

    fn parts(&self) -> Parts {
        // Who has sent no order yet shares them with the hosts of its exit at least.
        Parts { weight: parts(self.sharers_of_exit), orders: parts(self.sharers_of_account.or(self.sharers_of_exit)) }
    }
}

/// Asks for the server until it answers, or the client is gone.
async fn ask_until_back(ledger: Weak<Shared>) {
    loop {
        sleep(PROBE_PAUSE).await;
        let Some(shared) = ledger.upgrade() else { return };
        if within(CONNECT_PATIENCE, shared.join()).await.is_ok() {
            shared.on_notice.notify(&Notice::LedgerBack { ledger: shared.address.to_string() });
            return;
        }
    }
}

/// Limits the time of something that the server is asked.
async fn within<T>(limit: Duration, asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let mut asked = pin!(asked);
    if let Ok(answer) = timeout(limit, asked.as_mut()).await {
        return answer;
    }
    timeout(GRACE, asked).await.unwrap_or(Err(Trouble::Slow(limit + GRACE)))
}
