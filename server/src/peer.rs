//! Who is at the other end: the connection, or behind trusted proxies the address they vouch for.
//!
//! A proxy writes at the end of `X-Forwarded-For` whom it has seen. So the header is read from its end, and
//! only as far as those who wrote are trusted: what a client wrote there itself is never reached.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, Request};
use ipnet::IpNet;
use tower::util::MapRequest;
use tower::{Service, ServiceExt};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a request comes from, for limits only; never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Peer {
    /// What stands for one household: an address, or with IPv6 the network of 64 bits behind it, since
    /// whoever has one address there has them all.
    pub(crate) fn network(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(it) => {
                let mut bytes = it.octets();
                bytes[8..].fill(0);
                IpAddr::from(bytes)
            }
            short => short,
        }
    }
}

/// Networks whose word is taken for where a request comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Arc<[IpNet]>);

impl Proxies {
    pub(crate) fn new(networks: &[Network]) -> Self {
        Self(networks.iter().map(|it| it.0).collect())
    }

    fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|it| it.contains(&address))
    }

    /// The nearest address that is none of ours. Where the chain ends in something that is no address, it
    /// is the last proxy that could say where it came from.
    fn origin(&self, connection: IpAddr, headers: &HeaderMap) -> Peer {
        let mut nearest = connection;
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let hops = lines.flat_map(|it| it.as_bytes().rsplit(|byte| *byte == b','));
        for hop in hops {
            if !self.trust(nearest) {
                break;
            }
            let Some(before) = std::str::from_utf8(hop).ok().and_then(address_of) else {
                break;
            };
            nearest = before;
        }
        Peer(nearest)
    }
}

/// An address as proxies write it: some add a port, and IPv6 then stands in brackets.
fn address_of(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let address = bare.unwrap_or(hop).parse();
    address
        .ok()
        .or_else(|| hop.parse().ok().map(|it: SocketAddr| it.ip()))
}

/// A network, or one address, as somebody writes it on a command line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Network(IpNet);

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let alone = || {
            text.parse()
                .ok()
                .map(|it: IpAddr| IpNet::from(it.to_canonical()))
        };
        let network = text.parse().ok().or_else(alone);
        network.map(Self).ok_or_else(|| {
            "attendu : une adresse ou un réseau, comme 10.0.0.0/8 / expected: an address or a network, like 10.0.0.0/8"
                .to_owned()
        })
    }
}

/// Marks every request of a connection with its peer.
pub(crate) fn from<S, B>(
    service: S,
    connection: IpAddr,
    proxies: Proxies,
) -> MapRequest<S, impl FnMut(Request<B>) -> Request<B> + Clone>
where
    S: Service<Request<B>>,
{
    service.map_request(move |mut request: Request<B>| {
        let peer = proxies.origin(connection, request.headers());
        request.extensions_mut().insert(peer);
        request
    })
}

#[cfg(test)]
mod tests {
    use super::{FORWARDED_FOR, Network, Peer, Proxies};
    use axum::http::{HeaderMap, HeaderValue};

    /// Trusted networks, the connection, the header's lines, and whom the request then comes from.
    const CASES: &[(&str, &str, &[&str], &str)] = &[
        // Nobody is trusted: whatever is written counts for nothing.
        ("", "192.0.2.1", &[], "192.0.2.1"),
        ("", "192.0.2.1", &["203.0.113.9"], "192.0.2.1"),
        ("10.0.0.0/8", "192.0.2.1", &["203.0.113.9"], "192.0.2.1"),
        // One proxy; what the client itself wrote stands before it and is not reached.
        ("10.0.0.0/8", "10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
        (
            "10.0.0.0/8",
            "10.0.0.1",
            &["8.8.8.8, 203.0.113.9"],
            "203.0.113.9",
        ),
        (
            "10.0.0.0/8",
            "10.0.0.1",
            &["8.8.8.8", "203.0.113.9"],
            "203.0.113.9",
        ),
        (
            "10.0.0.0/8",
            "10.0.0.1",
            &["10.9.9.9, 203.0.113.9"],
            "203.0.113.9",
        ),
        (
            "10.0.0.1",
            "::ffff:10.0.0.1",
            &["203.0.113.9"],
            "203.0.113.9",
        ),
        // Two proxies in a row.
        (
            "10.0.0.0/8",
            "10.0.0.1",
            &["8.8.8.8,203.0.113.9,10.0.0.2"],
            "203.0.113.9",
        ),
        // A proxy that comes by itself.
        ("10.0.0.0/8", "10.0.0.1", &[], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", &["10.0.0.3"], "10.0.0.3"),
        // Ports and brackets.
        (
            "10.0.0.0/8",
            "10.0.0.1",
            &["203.0.113.9:4711"],
            "203.0.113.9",
        ),
        (
            "fd00::/8",
            "fd00::1",
            &["[2001:db8::7]:4711"],
            "2001:db8::7",
        ),
        ("fd00::/8", "fd00::1", &["[2001:db8::7]"], "2001:db8::7"),
        ("fd00::/8", "fd00::1", &[" 2001:db8::7 "], "2001:db8::7"),
        // No address: nothing beyond it is believed.
        ("10.0.0.0/8", "10.0.0.1", &["8.8.8.8, unknown"], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", &["8.8.8.8, \u{e9}"], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", &[""], "10.0.0.1"),
    ];

    #[test]
    fn the_header_is_believed_as_far_as_its_writers_are_trusted() {
        for (trusted, connection, lines, expected) in CASES {
            let networks: Vec<Network> = trusted
                .split_terminator(' ')
                .map(|it| it.parse().unwrap())
                .collect();
            let mut headers = HeaderMap::new();
            for line in *lines {
                let value = HeaderValue::from_bytes(line.as_bytes()).unwrap();
                headers.append(FORWARDED_FOR, value);
            }
            let origin = Proxies::new(&networks).origin(connection.parse().unwrap(), &headers);
            let expected = Peer(expected.parse().unwrap());
            assert_eq!(origin, expected, "{trusted} {connection} {lines:?}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "localhost", "10.0.0.0/33", "10.0.0", "*"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
