FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# The time zone data is embedded in the binary (timetzdata), so the image needs none.
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w" -o /trucewire ./cmd/trucewire \
 && mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /trucewire /trucewire
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV TRUCEWIRE_DATA=/data
VOLUME ["/data"]
ENTRYPOINT ["/trucewire"]
CMD ["run"]
