//! The listening socket: loopback only, no delay, and every connection can be
//! cut from outside.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The handle by which a connection is cut: the peer sees it break, without an
/// answer and without a closing frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knife(Arc<Cut>);

#[derive(Debug, Default)]
struct Cut {
    done: AtomicBool,
    /// How many bytes at the end of the next answer are never sent; 0 for none.
    kept_back: AtomicUsize,
    waiting: Mutex<Vec<Waker>>,
}

impl Knife {
    /// Cuts the connection.
    pub(crate) fn cut(&self) {
        self.0.done.store(true, Ordering::SeqCst);
        let waiting =
            std::mem::take(&mut *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Cuts the connection in the next answer, `kept_back` bytes before its end.
    pub(crate) fn cut_before_end(&self, kept_back: usize) {
        self.0.kept_back.store(kept_back, Ordering::SeqCst);
    }

    fn is_cut(&self) -> bool {
        self.0.done.load(Ordering::SeqCst)
    }

    /// Remembers whom to wake when it is cut. Registered before the flag is
    /// looked at, so that a cut in between is not missed.
    fn register(&self, context: &Context<'_>) {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
    }
}

/// All connections that are open, to cut them when the local Discord ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knives(Arc<Mutex<Vec<Weak<Cut>>>>);

impl Knives {
    fn add(&self, knife: &Knife) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.strong_count() > 0);
        all.push(Arc::downgrade(&knife.0));
    }

    /// Cuts every connection.
    pub(crate) fn cut_all(&self) {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        all.iter().filter_map(Weak::upgrade).for_each(|cut| Knife(cut).cut());
    }
}

/// Accepts connections on 127.0.0.1.
#[derive(Debug)]
pub(crate) struct LocalListener {
    inner: TcpListener,
    knives: Knives,
}

impl LocalListener {
    /// Binds `port`; 0 takes a free one.
    pub(crate) async fn bind(port: u16, knives: Knives) -> io::Result<Self> {
        let inner = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port)).await?;
        Ok(Self { inner, knives })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

impl Listener for LocalListener {
    type Io = LocalStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (LocalStream, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.inner).await;
        // Without this the first answer takes 40 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        let knife = Knife::default();
        self.knives.add(&knife);
        (LocalStream { stream, knife }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

/// A connection that can be cut.
#[derive(Debug)]
pub(crate) struct LocalStream {
    stream: TcpStream,
    knife: Knife,
}

impl LocalStream {
    fn check(&self, context: &Context<'_>) -> io::Result<()> {
        self.knife.register(context);
        if self.knife.is_cut() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for LocalStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for LocalStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(context)?;
        let kept_back = self.knife.0.kept_back.load(Ordering::SeqCst);
        if kept_back == 0 {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        let Some(sent @ [_, ..]) = bytes.get(..bytes.len().saturating_sub(kept_back)) else {
            self.knife.cut();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        };
        Pin::new(&mut self.stream).poll_write(context, sent)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// What a request knows of its connection.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// By which it is cut.
    pub knife: Knife,
}

impl Connected<IncomingStream<'_, LocalListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, LocalListener>) -> Self {
        Self { knife: stream.io().knife.clone() }
    }
}
